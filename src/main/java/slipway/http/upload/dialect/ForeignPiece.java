package slipway.http.upload.dialect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chunk, by its range of bytes.
 *
 * @param file identifies its file among those of the token
 * @param filename the file's name
 * @param offset where it begins
 * @param length bytes
 * @param total bytes of the file
 */
record ForeignPiece(String file, String filename, long offset, long length, long total) {
  /**
   * The same in the fields of Resumable.js, which tell where a chunk begins by the size of those
   * before it: all are as large as this one, except for the last, before which there is one. Any of
   * a file without bytes is {@link #empty}.
   *
   * @throws NotUnderstoodException when the chunks are not of one size
   */
  Map<String, String> fields() throws NotUnderstoodException {
    if (total == 0) {
      return empty(file, filename);
    }
    boolean isLast = offset + length == total;
    long size = isLast && offset > 0 ? offset : length;
    if (length < 1 || offset > total - length || offset % size != 0 || length > size) {
      throw new NotUnderstoodException(
          "The chunk must lie within the file, and all chunks but the last, which may be smaller,"
              + " must have the same size.");
    }
    return fields(offset / size + 1, size, (total + size - 1) / size);
  }

  private Map<String, String> fields(long number, long size, long count) {
    Map<String, String> fields = new LinkedHashMap<>(name(file, filename));
    fields.put("resumableChunkNumber", Long.toString(number));
    fields.put("resumableChunkSize", Long.toString(size));
    fields.put("resumableCurrentChunkSize", Long.toString(length));
    fields.put("resumableTotalSize", Long.toString(total));
    fields.put("resumableTotalChunks", Long.toString(count));
    return fields;
  }

  /** The only chunk of a file without bytes, as Resumable.js describes it. */
  static Map<String, String> empty(String file, String filename) {
    return new ForeignPiece(file, filename, 0, 0, 0).fields(1, 1, 1);
  }

  /** The identifier of the chunk's file. */
  static Map<String, String> name(String file, String filename) {
    return Map.of("resumableIdentifier", file, "resumableFilename", filename);
  }
}
