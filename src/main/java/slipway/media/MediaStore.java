package slipway.media;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the bytes of photos and videos. Files that are not kept yet are in the {@link Spool}. For
 * many threads.
 */
public interface MediaStore {
  /**
   * Makes a received file durable under a key of its own, {@link MediaKey#of} its name. It may no
   * longer be in the spool afterwards; if it still is, it must be deleted there once its key is
   * committed.
   *
   * @return the key; from here on the file survives a crash; if no row names it, it is set aside
   *     later
   * @throws IOException when it may not be durable, or a file of that name is kept already; then it
   *     is only in the spool
   */
  MediaKey keep(IncomingFile incoming) throws IOException;

  /** Undoes {@link #keep}: the file is only in the spool again. */
  void takeBack(MediaKey key, IncomingFile file) throws IOException;

  /**
   * Undoes {@link #keep} of a file in pieces, if it is kept: a crash may have come between the
   * keeping of a file and the making of its photo.
   *
   * @return whether it was kept
   */
  boolean takeBackIfKept(PartialFile file) throws IOException;

  /** Whether a file in pieces is kept, and no longer in the spool. */
  boolean isKept(PartialFile file) throws IOException;

  /**
   * Sets aside a file in pieces that is kept, and no longer in the spool, although there is no
   * photo: a visitor may have been told that there is one. It is deleted after the grace time.
   *
   * @return whether it was kept
   */
  boolean setAsideIfKept(PartialFile file) throws IOException;

  /**
   * Where {@link Media#address} leads, as scheme, host and port, such as {@code
   * https://bucket.s3.example.com}; empty when files have no addresses of their own.
   */
  default Optional<String> origin() {
    return Optional.empty();
  }

  /** Opens a file for reading; close it. Empty when there is none. */
  Optional<Media> open(MediaKey key) throws IOException;

  /** Lends a file as a local one; close it. Empty when there is none. */
  Optional<LocalFile> local(MediaKey key) throws IOException;

  /**
   * Keeps renditions of a file, all at once, beside those of other versions. From then on they
   * survive a crash; renditions that no row names are deleted after the next start.
   *
   * @param version another one than any before; 0 or more
   * @param renditions by name, which is letters and digits; they are copied
   * @throws IOException when they may not be durable; then nothing of them is there, as far as that
   *     can be ensured
   */
  void keepRenditions(MediaKey key, long version, Map<String, LocalFile> renditions)
      throws IOException;

  /** Opens a rendition of a file for reading; close it. Empty when there is none. */
  Optional<Media> openRendition(MediaKey key, long version, String name) throws IOException;

  /** Deletes the renditions of a file of one version, if they are there. */
  void deleteRenditions(MediaKey key, long version) throws IOException;

  /** Deletes a file without its renditions, if it is there. */
  void delete(MediaKey key) throws IOException;

  /**
   * The names of a file and of renditions of it, by which what is left of them is found once no row
   * has them; none where a comparison finds it.
   *
   * @param versions of the renditions; negative for none
   */
  List<String> namesOf(MediaKey key, long... versions);
}
