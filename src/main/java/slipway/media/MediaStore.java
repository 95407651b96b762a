package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps the bytes of photos and videos. */
public interface MediaStore {
  /** Starts to receive a file; nothing of it is seen before {@link #keep}. */
  Incoming receive() throws IOException;

  /**
   * Makes a received file durable under a key of its own.
   *
   * @return the key; from here on the file survives a crash, though it is swept at the next start
   *     when nobody came to know its key
   */
  MediaKey keep(IncomingFile incoming) throws IOException;

  /** Starts to receive a file in pieces; it stays until it is kept or deleted. */
  PartialFile receiveInParts();

  /** The file of that name that was started by {@link #receiveInParts}. */
  PartialFile partial(String name);

  /** Undoes {@link #keep}: the file is on its way in again. */
  void takeBack(MediaKey key) throws IOException;

  /** Opens a file for reading; empty when there is none. */
  Optional<Media> open(MediaKey key) throws IOException;

  /** A file as one that decoders can open; only to be read. */
  Path path(MediaKey key);

  /**
   * Keeps the renditions of a file, all at once, in place of those it had.
   *
   * @param renditions by name, which is letters and digits
   */
  void keepRenditions(MediaKey key, Map<String, byte[]> renditions) throws IOException;

  /** Opens a rendition of a file for reading; empty when there is none. */
  Optional<Media> openRendition(MediaKey key, String name) throws IOException;

  /** Deletes a file with its renditions, if they are there. */
  void delete(MediaKey key) throws IOException;

  /**
   * Deletes what a crash left behind: the files of unfinished uploads, and files and renditions
   * whose key is not known. For the start, before any upload.
   *
   * @param unfinished names of the files received in pieces that are to stay
   * @return how many files were deleted; the renditions of one file count as one
   */
  int sweep(Predicate<MediaKey> known, Set<String> unfinished) throws IOException;
}
