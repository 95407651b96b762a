package slipway.upload.resumable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import slipway.db.NotWrittenException;
import slipway.health.BusyException;
import slipway.token.FreeUses;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.HeldUses;
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
  ResumableUpload begin(UploadKey key, String filename, String address, HeldUses held)
      throws IOException, TokenRefusedException {
    checkConflicts(key);
    UploadInfo info = info(randomId(), key, filename, "", "");
    return open(info, null, address, reserve(key.token(), held));
  }

  /**
   * Begins the upload of that key, which has no more bytes than the key says.
   *
   * @param least how many it has at least
   */
  ResumableUpload beginNumbered(
      UploadKey key, long least, String filename, String address, HeldUses held)
      throws IOException, TokenRefusedException {
    checkConflicts(key);
    UploadInfo info = info(randomId(), key, filename, "", UploadInfo.DEFERRED);
    TokenUse use = reserve(key.token(), held);
    boolean isTaken = false;
    try {
      check(use.token(), least);
      isTaken = true;
    } finally {
      if (!isTaken) {
        use.close();
      }
    }
    return open(info, null, address, use);
  }

  /** An upload that has a name of its client's may have to be told of after its end. */
  private void checkConflicts(UploadKey key) throws UploadRefusedException {
    if (context.table().refused().isFull(key.token())) {
      throw UploadRefusedException.tooManyConflicts();
    }
  }

  /** Where the token has none that is free, another form may hold the one of this upload. */
  private TokenUse reserve(String token, HeldUses held) throws IOException, TokenRefusedException {
    Optional<TokenUse> own = held.own();
    if (own.isPresent()) {
      return own.get();
    }
    try {
      return reserve(token);
    } catch (TokenRefusedException e) {
      return held.others(token).orElseThrow(() -> e);
    }
  }

  /** Begins an upload that has only its id for a name. */
  ResumableUpload create(Creation creation, Sender sender)
      throws IOException, TokenRefusedException {
    TokenUse use = reserve(creation.token());
    String key = creation.idempotencyKey();
    UploadInfo info =
        creation.isDeferred()
            ? info(creation, mostOf(use.token()), UploadInfo.DEFERRED)
            : info(creation, creation.size(), "");
    ResumableUpload created = open(info, key, sender.address(), use);
    return key == null ? created.createdBy(sender) : created;
  }

  private long mostOf(UploadToken token) {
    return Math.min(context.rules().within(token.limits()).maxBytes(), context.disk().most());
  }

  /**
   * Begins a part of an upload, which has only its id for a name. It holds no use of its token, but
   * there has to be a free one, and the parts of a token are no larger than the files it has free
   * uses for.
   */
  ResumableUpload createPart(Creation creation, String address)
      throws IOException, TokenRefusedException {
    FreeUses free = context.tokens().free(creation.token());
    UploadToken token = free.token();
    PartBytes bytes =
        new PartBytes(
            context.rules().within(token.limits()).maxBytes(), free.count(), token.maxUploads());
    UploadInfo info = info(creation, creation.size(), UploadInfo.PARTIAL);
    ResumableUpload part = counted(info, address, token, null, bytes);
    insert(part, null, null);
    return part;
  }

  /**
   * Where uploads have every use, those that were removed, and whose rows were not, give theirs.
   */
  private TokenUse reserve(String token) throws IOException, TokenRefusedException {
    try {
      return context.tokens().reserve(token);
    } catch (TokenRefusedException e) {
      List<ResumableUpload> removed =
          context.unfinished().inDoubt().stream()
              .filter(upload -> upload.info().token().equals(token) && upload.isRemoved())
              .toList();
      if (removed.isEmpty()) {
        throw e;
      }
      for (ResumableUpload upload : removed) {
        upload.settle();
      }
      return context.tokens().reserve(token);
    }
  }

  private UploadInfo info(Creation creation, long size, String concat) {
    return info(creation.token(), size, creation.filename(), creation.metadata(), concat);
  }

  /** Begins the upload that parts are put together to. */
  ResumableUpload createWhole(Concatenations.Request request, Concatenation parts)
      throws IOException, TokenRefusedException {
    String token = request.token();
    UploadInfo info =
        info(token, parts.size(), request.filename(), request.metadata(), request.concat());
    // The parts began in time, so that the token may have expired since.
    Optional<TokenUse> again = context.tokens().resume(token, info.id());
    TokenUse use = again.isPresent() ? again.get() : reserve(token);
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
        id, key, filename, context.spool().receiveInPieces().name(), metadata, concat, 0);
  }

  static String randomId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private ResumableUpload open(UploadInfo info, String idempotencyKey, String address, TokenUse use)
      throws IOException, TokenRefusedException {
    ResumableUpload counted = null;
    try {
      use.claim(info.isDeferred() ? 0 : info.size());
      counted = counted(info, address, use.token(), use, PartBytes.NONE);
    } finally {
      if (counted == null) {
        use.close();
      }
    }
    insert(counted, idempotencyKey, use);
    return counted;
  }

  /** One that has no row yet. From now on it gives back itself what it has. */
  private ResumableUpload counted(
      UploadInfo info, String address, UploadToken token, TokenUse use, PartBytes parts)
      throws IOException {
    check(token, info.isDeferred() ? 1 : info.size());
    context.unfinished().checkOpen();
    context.unfinished().counts().enter(info, address, parts);
    UploadTable.Row row = new UploadTable.Row(info, new ByteRanges(), null);
    return new ResumableUpload(context, row, context.newFile(info), token, use);
  }

  private void insert(ResumableUpload upload, String idempotencyKey, TokenUse use)
      throws IOException {
    boolean isAdded;
    try {
      isAdded = context.table().insert(upload.info(), idempotencyKey, use);
    } catch (NotWrittenException | BusyException e) {
      upload.neverBegan(true);
      throw e;
    } catch (RuntimeException e) {
      upload.neverBegan(false);
      add(upload);
      throw e;
    }
    if (!isAdded) {
      upload.neverBegan(true);
      throw UploadContext.elsewhere();
    }
    add(upload);
  }

  /** One that comes just after the stop leaves no row, which would hold its use after the start. */
  private void add(ResumableUpload upload) throws IOException {
    boolean isAdded = false;
    try {
      context.unfinished().add(upload);
      isAdded = true;
    } finally {
      if (!isAdded) {
        upload.discard();
      }
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
