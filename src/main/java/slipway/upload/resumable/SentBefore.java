package slipway.upload.resumable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadRefusedException;

/**
 * What a client without an idempotency key may have sent already, though it was not told so: a
 * token has no use for it, and it comes with bytes, which are to be compared. That of another
 * request which runs is not among it.
 */
final class SentBefore {
  /** As forms that are sent again are compared with what was stored. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final UploadContext context;

  SentBefore(UploadContext context) {
    this.context = context;
  }

  /**
   * The upload to compare.
   *
   * @param unfinished those of which the same was said
   * @param refusal what the client gets when it sends another file
   */
  Optional<Created> find(
      Creation creation, List<ResumableUpload> unfinished, TokenRefusedException refusal)
      throws IOException {
    if (creation.idempotencyKey() != null || !creation.bringsBytes()) {
      return Optional.empty();
    }
    for (ResumableUpload upload : unfinished) {
      upload.settle();
      if (upload.hasIdleBytes() && upload.stays()) {
        return Optional.of(new Created(upload, true, refusal));
      }
    }
    return finished(creation).map(upload -> new Created(upload, true, refusal));
  }

  private Optional<ResumableUpload> finished(Creation creation) {
    Instant then = context.wall().instant().minus(LATELY);
    return context.table().finishedSince(creation.token(), creation.size(), then).stream()
        .filter(row -> row.info().hasNoOtherName() && creation.isOf(row.info()))
        .filter(row -> isThere(row.photoId()))
        .findFirst()
        .map(context::finished);
  }

  private boolean isThere(long photoId) {
    try {
      context.completion().made(photoId);
      return true;
    } catch (UploadRefusedException e) {
      return false;
    }
  }
}
