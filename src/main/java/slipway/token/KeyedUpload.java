package slipway.token;

/**
 * What an upload with an Idempotency-Key made.
 *
 * @param photoId the photo's number
 * @param filename the stored name of the file; null if unknown
 * @param size bytes of the file; null where that is not known
 */
public record KeyedUpload(long photoId, String filename, Long size) {
  /** Whether a file of that name and size may be the same. */
  public boolean mayBe(String otherName, long otherSize) {
    return isNamed(otherName) && (size == null || size == otherSize);
  }

  /** Whether a file of that name may be the same. */
  public boolean isNamed(String otherName) {
    return filename == null || filename.equals(otherName);
  }
}
