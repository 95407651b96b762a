package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import slipway.token.FreeUses;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.UploadRefusedException.Reason;

/**
 * Begins uploads in pieces, each with a use of its token, but parts of uploads with none. The use
 * goes back if the upload may not begin after all.
 */
final class UploadOpening {
  private final UploadContext context;

  UploadOpening(UploadContext context) {
    this.context = context;
  }

  /** Begins the upload of that key. */
  ResumableUpload begin(UploadKey key, String filename, String address)
      throws IOException, TokenRefusedException {
    UploadInfo info = info(randomId(), key, filename, "", "");
    return open(info, null, address, context.tokens().reserve(key.token()));
  }

  /** Begins an upload that has only its id for a name. */
  ResumableUpload create(Creation creation, Sender sender)
      throws IOException, TokenRefusedException {
    TokenUse use = context.tokens().reserve(creation.token());
    String key = creation.idempotencyKey();
    ResumableUpload created = open(info(creation, ""), key, sender.address(), use);
    return key == null ? created.createdBy(sender) : created;
  }

  /**
   * Begins a part of an upload, which has only its id for a name. It holds no use of its token, but
   * there has to be a free one, and the parts of a token are no larger than the files it has free
   * uses for.
   */
  ResumableUpload createPart(Creation creation, String address)
      throws IOException, TokenRefusedException {
    FreeUses free = context.tokens().free(creation.token());
    long most = free.count() * context.rules().within(free.token().limits()).maxBytes();
    UploadInfo info = info(creation, UploadInfo.PARTIAL);
    return open(info, null, address, free.token(), null, most);
  }

  private UploadInfo info(Creation creation, String concat) {
    return info(
        creation.token(), creation.size(), creation.filename(), creation.metadata(), concat);
  }

  /** Begins the upload that parts are put together to. */
  ResumableUpload createWhole(Concatenations.Request request, Concatenation parts)
      throws IOException, TokenRefusedException {
    String token = request.token();
    UploadInfo info =
        info(token, parts.size(), request.filename(), request.metadata(), request.concat());
    // The parts began in time, so that the token may have expired since.
    Optional<TokenUse> again = context.tokens().resume(token);
    TokenUse use = again.isPresent() ? again.get() : context.tokens().reserve(token);
    return open(info, null, request.address(), use);
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
        context.spool().receiveInPieces().name(),
        metadata,
        concat);
  }

  static String randomId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private ResumableUpload open(UploadInfo info, String idempotencyKey, String address, TokenUse use)
      throws IOException {
    ResumableUpload opened = null;
    try {
      opened = open(info, idempotencyKey, address, use.token(), use, 0);
      return opened;
    } finally {
      if (opened == null) {
        use.close();
      }
    }
  }

  private ResumableUpload open(
      UploadInfo info,
      String idempotencyKey,
      String address,
      UploadToken token,
      TokenUse use,
      long mostPartBytes)
      throws IOException {
    check(token, info.size());
    context.unfinished().checkOpen();
    OpenCounts counts = context.unfinished().counts();
    counts.enter(info, address, mostPartBytes);
    ResumableUpload opened = null;
    try {
      context.table().insert(info, idempotencyKey);
      UploadTable.Row row = new UploadTable.Row(info, new ByteRanges(), null);
      ResumableUpload upload = new ResumableUpload(context, row, token, use);
      add(upload);
      opened = upload;
      return opened;
    } finally {
      if (opened == null) {
        counts.leave(info);
      }
    }
  }

  /** One that comes just after the stop leaves no row, which would hold its use after the start. */
  private void add(ResumableUpload upload) throws IOException {
    try {
      context.unfinished().add(upload);
    } catch (UploadLaterException e) {
      context.table().delete(upload.info().id());
      throw e;
    }
  }

  private void check(UploadToken token, long size) throws IOException {
    if (size == 0) {
      throw UploadRefusedException.empty();
    }
    context.rules().within(token.limits()).checkSize(size);
    context.disk().checkDisk();
    if (!context.disk().fits(size)) {
      throw new UploadRefusedException(
          Reason.TOO_LARGE, "The file is too large to be uploaded in pieces.");
    }
  }
}
