package slipway.media;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Keeps the bytes of photos and videos. */
public interface MediaStore {
  /** Starts to receive a file; nothing of it is seen before {@link #keep}. */
  Incoming receive() throws IOException;

  /**
   * Makes a received file durable under a key of its own.
   *
   * @return the key; from here on the file survives a crash, though it is set aside after the next
   *     start when no row has it
   */
  MediaKey keep(IncomingFile incoming) throws IOException;

  /** Starts to receive a file in pieces; it stays until it is kept or deleted. */
  PartialFile receiveInParts();

  /** The file of that name that was started by {@link #receiveInParts}. */
  PartialFile partial(String name);

  /** Undoes {@link #keep}: the file is on its way in again. */
  void takeBack(MediaKey key, IncomingFile file) throws IOException;

  /**
   * Brings a file that was received in pieces, and is not there, back from where it was set aside.
   *
   * @return whether it was there
   */
  boolean bringBack(PartialFile file) throws IOException;

  /**
   * Undoes {@link #keep} of a file that is not on its way in, if it is kept: a crash may have come
   * between the keeping of a file and the making of its photo.
   *
   * @return whether it was kept
   */
  boolean takeBackIfKept(PartialFile file) throws IOException;

  /** Opens a file for reading; close it. Empty when there is none. */
  Optional<Media> open(MediaKey key) throws IOException;

  /** Lends a file as a local one; close it. Empty when there is none. */
  Optional<LocalFile> local(MediaKey key) throws IOException;

  /**
   * Keeps the renditions of a file, all at once, in place of those it had.
   *
   * @param renditions by name, which is letters and digits
   */
  void keepRenditions(MediaKey key, Map<String, byte[]> renditions) throws IOException;

  /** Opens a rendition of a file for reading; close it. Empty when there is none. */
  Optional<Media> openRendition(MediaKey key, String name) throws IOException;

  /** Deletes a file with its renditions, if they are there. */
  void delete(MediaKey key) throws IOException;
}
