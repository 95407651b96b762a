package slipway.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/**
 * Keeps stretches of files that have not come whole yet, where every node reads them. For many
 * threads.
 */
public interface PieceStore {
  /**
   * Makes a piece durable.
   *
   * @param file has its bytes, which may be read more than once
   * @throws IOException when it may not be there
   */
  void keep(KeptPiece piece, IncomingFile file) throws IOException;

  /**
   * Bytes of a piece; close it.
   *
   * @param first offset in the piece
   * @param length bytes, at least one
   * @throws java.nio.file.NoSuchFileException when there is no such piece, or it is shorter
   */
  InputStream read(KeptPiece piece, long first, long length) throws IOException;

  /** The name of a piece among all that is kept there. */
  String nameOf(String piece);

  /** The name there of a file that is whole. */
  String nameOfWhole(String file);

  /** Deletes pieces, those of them that are there. */
  void delete(Collection<String> names) throws IOException;
}
