package slipway.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The whole originals that are set aside: to be looked through, and to be taken back. Pieces of
 * unfinished uploads are not among them. For many threads.
 */
public final class AsideFiles {
  private static final Pattern ID = Pattern.compile("[0-9TZ-]{1,40}/[0-9]{1,2}/[0-9a-f]{32}");

  private final SetAside aside;
  private final Duration grace;

  /**
   * Those of the folder that a spool is in.
   *
   * @param grace how long the service runs before they are deleted
   */
  public AsideFiles(Spool spool, Duration grace) {
    this.aside = spool.aside();
    this.grace = grace;
  }

  /**
   * One of them.
   *
   * @param id its path in the folder of what is set aside
   * @param bytes its length
   * @param arrived when it was received
   * @param left for how long the service has yet to run before it is deleted
   */
  public record AsideFile(String id, long bytes, Instant arrived, Duration left) {}

  /** The ids of all of them: those first that were set aside last. */
  public List<String> ids() throws IOException {
    return aside.whole().stream().map(file -> aside.folder().relativize(file).toString()).toList();
  }

  /** What there is to say of one; empty when there is none of that id. */
  public Optional<AsideFile> find(String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    Path file = path(id);
    try {
      Duration left = grace.minus(SetAside.ageOf(file));
      return Optional.of(
          new AsideFile(
              id,
              Files.size(file),
              Files.getLastModifiedTime(file).toInstant(),
              left.isNegative() ? Duration.ZERO : left));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Its bytes, which stay until this is closed; empty when there is none of that id. */
  public Optional<FileChannel> open(String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(FileChannel.open(path(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Deletes one that was opened, with its renditions. */
  public void delete(String id) throws IOException {
    SetAside.deleteWhole(path(id));
  }

  private Path path(String id) {
    return aside.folder().resolve(id);
  }
}
