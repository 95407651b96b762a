package slipway.upload.resumable;

import java.io.IOException;
import java.time.Duration;
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

  /** How soon a client asks again whose answer was lost. */
  private static final Duration LATELY = Duration.ofMinutes(2);

  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
  private final UploadContext context;
  private final UploadOpening opening;

  Creations(UploadContext context, UploadOpening opening) {
    this.context = context;
    this.opening = opening;
  }

  /**
   * The upload that was created with the same key. If there is none, or no key, one that was
   * created just before by the same client without a key, which nothing came for yet, and of which
   * it said the same; else a new one. If the token has no use for that, one that nothing came for
   * yet, and of which any client said the same.
   *
   * <p>Two files of one name and length, begun at the same time by one client, are not told apart
   * here, but by their first bytes: see {@link ResumableUpload#begin}.
   */
  Created create(Creation creation, Sender sender) throws IOException, TokenRefusedException {
    Lock lock = locks[Math.floorMod(creation.token().hashCode(), LOCKS)];
    lock.lock();
    try {
      Optional<ResumableUpload> earlier =
          creation.idempotencyKey() == null ? justCreated(creation, sender) : ofKey(creation);
      return earlier.isPresent() ? Created.again(earlier.get()) : createNew(creation, sender);
    } finally {
      lock.unlock();
    }
  }

  private Created createNew(Creation creation, Sender sender)
      throws IOException, TokenRefusedException {
    try {
      return Created.now(opening.create(creation, sender));
    } catch (TokenRefusedException e) {
      if (e.reason() == TokenRefusedException.Reason.UNKNOWN) {
        throw e;
      }
      return Created.again(untouched(creation).orElseThrow(() -> e));
    }
  }

  private Optional<ResumableUpload> ofKey(Creation creation) throws IOException {
    Optional<UploadTable.Row> row =
        context.table().created(creation.token(), creation.idempotencyKey());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (!creation.isOf(row.get().info())) {
      throw UploadRefusedException.keyOfAnotherFile();
    }
    // One that ends just now will soon be a photo, or give its use back.
    return Optional.of(
        context
            .find(row.get().info().id())
            .filter(ResumableUpload::stays)
            .orElseThrow(UploadLaterException::locked));
  }

  private Optional<ResumableUpload> justCreated(Creation creation, Sender sender) {
    if (context.token(creation.token()).isEmpty()) {
      return Optional.empty();
    }
    Optional<ResumableUpload> earlier =
        allUntouched(creation)
            .filter(upload -> upload.isFromJustNow(sender, LATELY))
            .filter(ResumableUpload::stays)
            .findFirst();
    earlier.ifPresent(ResumableUpload::giveAgain);
    return earlier;
  }

  private Optional<ResumableUpload> untouched(Creation creation) {
    Optional<ResumableUpload> earlier =
        allUntouched(creation).filter(ResumableUpload::stays).findFirst();
    earlier.ifPresent(ResumableUpload::giveAgain);
    return earlier;
  }

  private Stream<ResumableUpload> allUntouched(Creation creation) {
    return context.table().unfinished(creation.token()).stream()
        .map(UploadTable.Row::info)
        // Those of other protocols have a name that their client gave them.
        .filter(info -> info.identifier().equals(info.id()) && info.concat().isEmpty())
        .filter(creation::isOf)
        .flatMap(info -> context.unfinished().find(info.id()).stream())
        .filter(ResumableUpload::isUntouched);
  }
}
