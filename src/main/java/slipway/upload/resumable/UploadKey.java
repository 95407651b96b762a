package slipway.upload.resumable;

/**
 * Which upload a piece belongs to. Identifiers are made of size and name and are the same for
 * several visitors, so that the token is part of it.
 *
 * @param token the upload token's secret
 * @param identifier the name the client gave the file: data, never a path
 * @param size bytes of the whole file
 */
public record UploadKey(String token, String identifier, long size) {
  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadKey[size=" + size + "]";
  }
}
