package slipway.media.program;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for the output of other programs, each in a folder of its own. Nothing in it outlives
 * the server: what cannot be deleted now, for example when no file can be opened, is deleted later.
 * For many threads.
 */
public final class WorkFolder {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;
  private final Deletion deletion;
  private final Set<Path> left = ConcurrentHashMap.newKeySet();

  /** At that path, to be made at first need; it may be a link to a folder, as on another disk. */
  public WorkFolder(Path root) {
    this(root, WorkFolder::delete);
  }

  WorkFolder(Path root, Deletion deletion) {
    this.root = root;
    this.deletion = deletion;
  }

  /** Deletes a file, or a folder with all that is in it. */
  @FunctionalInterface
  interface Deletion {
    void run(Path path) throws IOException;
  }

  /**
   * Deletes what a server that was killed left in it; the folder itself, or a link to it, stays.
   */
  public void clear() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.list(root)) {
      all = found.toList();
    }
    for (Path one : all) {
      deletion.run(one);
    }
  }

  /**
   * A new folder that only our own user may enter, to be given to {@link #release}.
   *
   * @throws NotStartedException when there can be none now, for example when the folder for them is
   *     a file, a link to nothing, or on a disk that cannot be written: no program can be run then
   */
  public Path newFolder() throws NotStartedException {
    tidy();
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectories(root, OWNER_ONLY);
      }
      return Files.createTempDirectory(root, "");
    } catch (IOException e) {
      throw new NotStartedException("The folder " + root + " cannot be written to: " + e, e);
    }
  }

  /** Deletes a folder with all that is in it: now, or as soon as that can be done. */
  public void release(Path folder) {
    left.add(folder);
    tidy();
  }

  /** Deletes what could not be deleted before. */
  public void tidy() {
    for (Path folder : left) {
      try {
        deletion.run(folder);
        left.remove(folder);
      } catch (IOException | RuntimeException | Error e) {
        LOG.debug("A folder of another program is deleted later", e);
      }
    }
  }

  static void delete(Path path) throws IOException {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path one, IOException failure)
              throws IOException {
            Files.deleteIfExists(one);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
