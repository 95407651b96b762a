package slipway.http.upload.chunk;

import java.util.stream.Stream;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.upload.ChunkFields;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.Sender;
import slipway.upload.resumable.UploadKey;

/**
 * One chunk of a file as Resumable.js and Flow.js describe it, in fields that begin with {@code
 * resumable} and {@code flow}. The last chunk takes what is left, up to twice the chunk size.
 *
 * @param key the upload it belongs to
 * @param filename the file's name, empty when it was not sent
 * @param offset where it begins, in bytes
 * @param length bytes
 * @param isNumbered whether its file has so many chunks, and its size is not known yet
 */
record Chunk(UploadKey key, String filename, long offset, long length, boolean isNumbered) {
  /**
   * Reads the fields.
   *
   * @param fields those that describe it
   * @param token the upload token
   * @param who sends it
   * @throws ApiException when they do not go together
   * @throws UploadRefusedException when the file has no byte
   */
  static Chunk of(Parameters given, ChunkFields fields, String token, Sender who)
      throws ApiException, UploadRefusedException {
    if (fields.totalSize().find(given).orElse(1L) == 0) {
      throw UploadRefusedException.empty();
    }
    long number = fields.number().of(given);
    long chunkSize = fields.chunkSize().of(given);
    long size = fields.totalSize().of(given);
    long count = count(fields.totalChunks(), given, size, chunkSize);
    if (number > count) {
      throw ApiException.invalid(fields.number().name(), "a number from 1 to " + count);
    }
    long offset = (number - 1) * chunkSize;
    long length = number == count ? size - offset : chunkSize;
    if (fields.currentSize().find(given).orElse(length) != length) {
      throw ApiException.invalid(
          fields.currentSize().name(),
          "the " + length + " bytes that this chunk has according to the other fields");
    }
    String identifier = fields.identifier().of(given);
    boolean isNumbered = ForeignChunk.isNumbered(identifier);
    UploadKey key = key(token, identifier, size, who);
    return new Chunk(key, fields.filename().of(given), offset, length, isNumbered);
  }

  /** Whether it has the same bytes of the same file, whatever that is called. */
  boolean isSamePlaceAs(Chunk other) {
    return key.equals(other.key) && offset == other.offset && length == other.length;
  }

  /** Where the client gives a file no identifier, its sender is part of the one that it has. */
  static UploadKey key(String token, String identifier, long size, Sender who) {
    return ForeignChunk.isInOrder(identifier)
        ? UploadKey.inOrder(token, identifier, size, who)
        : new UploadKey(token, identifier, size);
  }

  /** Whether these fields tell which bytes it has, whatever others may follow. */
  static boolean isComplete(Parameters given, ChunkFields fields) {
    return Stream.of(fields.number(), fields.chunkSize(), fields.totalSize())
            .allMatch(field -> field.isGiven(given))
        && (fields.totalChunks().isGiven(given) || hasOneLength(given, fields));
  }

  /** Whether its length is the same whether the client rounds its number of chunks down or up. */
  private static boolean hasOneLength(Parameters given, ChunkFields fields) {
    try {
      long size = fields.totalSize().of(given);
      long chunkSize = fields.chunkSize().of(given);
      return size % chunkSize == 0
          || size < chunkSize
          || fields.number().of(given) < size / chunkSize;
    } catch (ApiException e) {
      return true; // It is refused, whatever follows.
    }
  }

  /** The clients round down, so that the last chunk is the larger one, unless told otherwise. */
  private static long count(
      Parameter<Long> totalChunks, Parameters given, long size, long chunkSize)
      throws ApiException {
    long least = Math.max(size / chunkSize, 1);
    long count = totalChunks.find(given).orElse(least);
    if (count != least && count != (size + chunkSize - 1) / chunkSize) {
      throw ApiException.invalid(
          totalChunks.name(), "the number of chunks that follows from the sizes, such as " + least);
    }
    return count;
  }
}
