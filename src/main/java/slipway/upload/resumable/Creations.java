package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * Creates uploads that have only their id for a name. A client whose answer was lost does not know
 * that id and asks again: it gets the upload that it has already. For many threads.
 */
final class Creations {
  /** Tokens share so many locks, under which their uploads are created. */
  private static final int LOCKS = 64;

  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
  private final UploadContext context;
  private final UploadOpening opening;

  Creations(UploadContext context, UploadOpening opening) {
    this.context = context;
    this.opening = opening;
  }

  /**
   * The upload that was created with the same key. If there is none, a new one. If the token has no
   * use for that, one that nothing came for yet, and of which the client said the same.
   */
  Created create(Creation creation, String address) throws IOException, TokenRefusedException {
    Lock lock = locks[Math.floorMod(creation.token().hashCode(), LOCKS)];
    lock.lock();
    try {
      Optional<ResumableUpload> earlier = ofKey(creation);
      return earlier.isPresent() ? Created.again(earlier.get()) : createNew(creation, address);
    } finally {
      lock.unlock();
    }
  }

  private Created createNew(Creation creation, String address)
      throws IOException, TokenRefusedException {
    try {
      return Created.now(opening.create(creation, address));
    } catch (TokenRefusedException e) {
      if (e.reason() == TokenRefusedException.Reason.UNKNOWN) {
        throw e;
      }
      return Created.again(untouched(creation).orElseThrow(() -> e));
    }
  }

  private Optional<ResumableUpload> ofKey(Creation creation) throws IOException {
    if (creation.idempotencyKey() == null) {
      return Optional.empty();
    }
    Optional<UploadTable.Row> row =
        context.table().created(creation.token(), creation.idempotencyKey());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (row.get().info().size() != creation.size()) {
      throw UploadRefusedException.lie(
          "The header Idempotency-Key is that of an upload with another Upload-Length.");
    }
    // One that ends just now will soon be a photo, or give its use back.
    return Optional.of(
        context
            .find(row.get().info().id())
            .filter(ResumableUpload::stays)
            .orElseThrow(UploadLaterException::locked));
  }

  private Optional<ResumableUpload> untouched(Creation creation) {
    return context.table().unfinished(creation.token()).stream()
        .map(UploadTable.Row::info)
        // Those of other protocols have a name that their client gave them.
        .filter(info -> info.identifier().equals(info.id()) && info.concat().isEmpty())
        .filter(creation::isOf)
        .flatMap(info -> context.unfinished().find(info.id()).stream())
        .filter(ResumableUpload::isUntouched)
        .filter(ResumableUpload::stays)
        .findFirst();
  }
}
