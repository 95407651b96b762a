package slipway.rendition;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.NotWrittenException;
import slipway.media.LocalFile;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.RenditionVersion;

/**
 * Replaces the renditions of a file. First the new ones are kept beside the old ones, then one
 * commit of the row makes the change, and last the old ones are deleted. So whatever the row says
 * exists, at every moment and after every crash.
 */
final class RenditionSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(RenditionSwitch.class);

  private final MediaStore media;
  private final FreeRoom room;

  RenditionSwitch(MediaStore media, FreeRoom room) {
    this.media = media;
    this.room = room;
  }

  /**
   * Makes a change.
   *
   * @param renditions by name
   * @param commit has the row name the version it is given; it returns the version that the row had
   *     named, which may be {@link RenditionVersion#NONE}, or empty when the row is no longer for
   *     that file
   * @return whether it was made
   * @throws IOException also when the only space left must stay free
   */
  boolean to(MediaKey key, Map<String, LocalFile> renditions, LongFunction<OptionalLong> commit)
      throws IOException {
    room.check(bytes(renditions));
    long version = RenditionVersion.next();
    media.keepRenditions(key, version, renditions);
    OptionalLong before;
    try {
      before = commit.apply(version);
    } catch (NotWrittenException e) {
      delete(key, version);
      throw e;
    }
    // After a commit with an unknown outcome, both stay, and the next start finds which one the row
    // names.
    if (before.orElse(version) != RenditionVersion.NONE) {
      delete(key, before.orElse(version));
    }
    return before.isPresent();
  }

  private static long bytes(Map<String, LocalFile> renditions) throws IOException {
    long bytes = 0;
    for (LocalFile rendition : renditions.values()) {
      bytes += Files.size(rendition.path());
    }
    return bytes;
  }

  private void delete(MediaKey key, long version) {
    try {
      media.deleteRenditions(key, version);
    } catch (IOException e) {
      LOG.warn(
          "Renditions of {}/{} could not be deleted; the next start will",
          key.treeId(),
          key.name(),
          e);
    }
  }
}
