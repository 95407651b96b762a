package slipway.media;

import java.io.IOException;
import java.util.Optional;
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
  MediaKey keep(Incoming incoming) throws IOException;

  /** Opens a file for reading; empty when there is none. */
  Optional<Media> open(MediaKey key) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(MediaKey key) throws IOException;

  /**
   * Deletes what a crash left behind: the files of unfinished uploads and those whose key is not
   * known. For the start, before any upload.
   *
   * @return how many files were deleted
   */
  int sweep(Predicate<MediaKey> known) throws IOException;
}
