package slipway.upload;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.UploadRefusedException.Reason;

/**
 * Begins uploads in pieces, each with a use of its token, but parts of uploads with none. The use
 * goes back if the upload may not begin after all.
 */
final class Opening {
  /** Uploads in pieces of one token at a time; parts of uploads hold no use of it. */
  private static final int MOST_PER_TOKEN = 200;

  private final UploadContext context;

  Opening(UploadContext context) {
    this.context = context;
  }

  /** Begins the upload of that key. */
  ChunkedUpload begin(UploadKey key, String filename) throws IOException, TokenRefusedException {
    UploadInfo info = info(randomId(), key, filename, "", "");
    return open(info, context.tokens().reserve(key.token()));
  }

  /** Begins an upload that has only its id for a name. */
  ChunkedUpload create(String token, long size, String filename, String metadata)
      throws IOException, TokenRefusedException {
    UploadInfo info = info(token, size, filename, metadata, "");
    return open(info, context.tokens().reserve(token));
  }

  /** Begins a part of an upload, which has only its id for a name. */
  ChunkedUpload createPart(String token, long size, String filename, String metadata)
      throws IOException, TokenRefusedException {
    UploadInfo info = info(token, size, filename, metadata, UploadInfo.PARTIAL);
    Optional<UploadToken> alive = context.tokens().find(token);
    // To reserve a use of a token that is not alive says why it is not.
    return alive.isPresent()
        ? open(info, alive.get(), null)
        : open(info, context.tokens().reserve(token));
  }

  /** Begins the upload that parts are put together to. */
  ChunkedUpload createWhole(String token, Concatenation parts, String filename, String metadata)
      throws IOException, TokenRefusedException {
    UploadInfo info = info(token, parts.size(), filename, metadata, parts.ids());
    // The parts began in time, so that the token may have expired since.
    Optional<TokenUse> again = context.tokens().resume(token);
    return open(info, again.isPresent() ? again.get() : context.tokens().reserve(token));
  }

  private UploadInfo info(
      String token, long size, String filename, String metadata, String concat) {
    String id = randomId();
    return info(id, new UploadKey(token, id, size), filename, metadata, concat);
  }

  private UploadInfo info(
      String id, UploadKey key, String filename, String metadata, String concat) {
    return new UploadInfo(
        id,
        key.token(),
        key.identifier(),
        key.size(),
        filename,
        context.media().receiveInParts().name(),
        metadata,
        concat);
  }

  private static String randomId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private ChunkedUpload open(UploadInfo info, TokenUse use) throws IOException {
    ChunkedUpload opened = null;
    try {
      opened = open(info, use.token(), use);
      return opened;
    } finally {
      if (opened == null) {
        use.close();
      }
    }
  }

  private ChunkedUpload open(UploadInfo info, UploadToken token, TokenUse use) throws IOException {
    check(token, info.size());
    context.table().insert(info);
    Instant now = context.clock().instant();
    UploadTable.Row row = new UploadTable.Row(info, new ByteRanges(), null, now);
    ChunkedUpload opened = new ChunkedUpload(context, row, token, use);
    context.unfinished().add(opened);
    return opened;
  }

  private void check(UploadToken token, long size) throws IOException {
    if (size == 0) {
      throw new UploadRefusedException(Reason.NO_FILE, "The file is empty.");
    }
    context.rules().within(token.limits()).checkSize(size);
    if (!context.disk().fits(size)) {
      throw new UploadRefusedException(
          Reason.TOO_LARGE, "The file is too large to be uploaded in pieces.");
    }
    if (context.unfinished().count(token.id()) >= MOST_PER_TOKEN) {
      throw new UploadLaterException(
          UploadLaterException.Reason.NO_ROOM, "Too many uploads are unfinished; finish some.");
    }
  }
}
