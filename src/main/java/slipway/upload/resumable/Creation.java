package slipway.upload.resumable;

import slipway.upload.FileName;

/**
 * An upload that a client asks for, which then has only its id for a name.
 *
 * @param token the upload token's secret
 * @param size bytes of the whole file; {@link #DEFERRED} where the client says that later
 * @param filename the name it has with the visitor: data to show, never a path
 * @param metadata what the client says about it, in the client's form
 * @param idempotencyKey what tells a repeat from a new upload; null for none
 * @param bringsBytes whether the file's first bytes come with the request
 */
public record Creation(
    String token,
    long size,
    String filename,
    String metadata,
    String idempotencyKey,
    boolean bringsBytes) {
  /** The size of a file whose length is not known yet. */
  public static final long DEFERRED = -1;

  boolean isDeferred() {
    return size == DEFERRED;
  }

  /** Whether both say the same of the file. */
  boolean isOf(UploadInfo info) {
    return info.isDeferred() == isDeferred()
        && (isDeferred() || info.size() == size)
        && info.metadata().equals(metadata)
        && info.filename().equals(FileName.kept(filename));
  }

  /** Whether the same was said about an upload before it had a name, which may have come since. */
  boolean isOfLike(UploadInfo info) {
    return info.hasNoOtherName()
        && info.isDeferred() == isDeferred()
        && info.size() == size
        && info.metadata().equals(metadata);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "Creation[size=" + size + "]";
  }
}
