package slipway.http.upload.chunk;

import java.util.List;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.upload.resumable.UploadKey;

/**
 * One chunk of a file as Resumable.js and Flow.js describe it, in fields that begin with {@code
 * resumable} and {@code flow}. The last chunk takes what is left, up to twice the chunk size.
 *
 * @param key the upload it belongs to
 * @param filename the file's name, empty when it was not sent
 * @param offset where it begins, in bytes
 * @param length bytes
 */
record Chunk(UploadKey key, String filename, long offset, long length) {
  private static final List<String> PREFIXES = List.of("resumable", "flow");
  private static final int MAX_IDENTIFIER = 1024;

  /** The prefix of the fields of a chunk, if there are such fields. */
  static Optional<String> prefix(Parameters fields) {
    return PREFIXES.stream()
        .filter(prefix -> fields.find(prefix + "Identifier").isPresent())
        .findFirst();
  }

  /**
   * Reads the fields.
   *
   * @param token the upload token
   * @throws ApiException when they do not go together
   */
  static Chunk of(Parameters fields, String prefix, String token) throws ApiException {
    long number = number(fields, prefix + "ChunkNumber");
    long chunkSize = number(fields, prefix + "ChunkSize");
    long size = number(fields, prefix + "TotalSize");
    long count = count(fields, prefix + "TotalChunks", size, chunkSize);
    if (number > count) {
      throw ApiException.invalid(prefix + "ChunkNumber", "a number from 1 to " + count);
    }
    long offset = (number - 1) * chunkSize;
    long length = number == count ? size - offset : chunkSize;
    String current = prefix + "CurrentChunkSize";
    if (fields.find(current).isPresent() && number(fields, current) != length) {
      throw ApiException.invalid(
          current, "the " + length + " bytes that this chunk has by the other fields");
    }
    String identifier = fields.text(prefix + "Identifier");
    if (identifier.length() > MAX_IDENTIFIER) {
      throw ApiException.invalid(
          prefix + "Identifier", "at most " + MAX_IDENTIFIER + " characters long");
    }
    return new Chunk(
        new UploadKey(token, identifier, size), fields.text(prefix + "Filename"), offset, length);
  }

  /** The clients round down, so that the last chunk is the larger one, unless told otherwise. */
  private static long count(Parameters fields, String name, long size, long chunkSize)
      throws ApiException {
    long least = Math.max(size / chunkSize, 1);
    if (fields.find(name).isEmpty()) {
      return least;
    }
    long count = number(fields, name);
    if (count != least && count != (size + chunkSize - 1) / chunkSize) {
      throw ApiException.invalid(
          name, "the number of chunks that the sizes make, such as " + least);
    }
    return count;
  }

  private static long number(Parameters fields, String name) throws ApiException {
    try {
      long number = Long.parseLong(fields.text(name));
      if (number > 0 && number < 1L << 50) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.invalid(name, "a whole number above 0");
  }
}
