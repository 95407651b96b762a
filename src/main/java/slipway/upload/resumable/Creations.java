package slipway.upload.resumable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * Creates uploads that have only their id for a name. A client whose answer was lost does not know
 * that id and asks again: it gets the upload that it has already, under a new id. As it may be
 * another client with another file, the id that was told before counts no more, and where bytes
 * have come, they have to be brought again. For many threads.
 */
final class Creations {
  /** Tokens share so many locks, under which their uploads are created. */
  private static final int LOCKS = 64;

  /** How soon a client asks again whose answer was lost. */
  private static final Duration LATELY = Duration.ofMinutes(2);

  /** How soon a client sends the first bytes of a file that it has announced. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
  private final UploadContext context;
  private final UploadOpening opening;
  private final Handover handover;
  private final SentBefore sentBefore;

  Creations(UploadContext context, UploadOpening opening, Handover handover) {
    this.context = context;
    this.opening = opening;
    this.handover = handover;
    this.sentBefore = new SentBefore(context);
  }

  /**
   * The upload that was created with the same key. If there is none, or no key, one that was
   * created just before by the same client without a key, which nothing came for yet, and of which
   * it said the same, unless this request brings bytes; else a new one. If the token has no use for
   * that, one that nothing came for yet, and of which any client said the same, though not just now
   * where nothing names the file; or, where the request brings bytes, one to compare them with.
   */
  Created create(Creation creation, Sender sender) throws IOException, TokenRefusedException {
    Lock lock = locks[Math.floorMod(creation.token().hashCode(), LOCKS)];
    lock.lock();
    try {
      Optional<Created> earlier =
          creation.idempotencyKey() == null
              ? justCreated(creation, sender)
              : ofKey(creation, sender);
      return earlier.isPresent() ? earlier.get() : createNew(creation, sender);
    } finally {
      lock.unlock();
    }
  }

  private Created createNew(Creation creation, Sender sender)
      throws IOException, TokenRefusedException {
    try {
      return Created.empty(opening.create(creation, sender));
    } catch (TokenRefusedException e) {
      if (e.reason() == TokenRefusedException.Reason.UNKNOWN) {
        throw e;
      }
      Optional<Created> untouched = given(forgotten(creation), creation, sender);
      Optional<Created> earlier =
          untouched.isPresent() ? untouched : sentBefore.find(creation, allSaid(creation), e);
      if (earlier.isEmpty()) {
        askOthersFor(creation);
      }
      return earlier.orElseThrow(() -> e);
    }
  }

  /**
   * Has the client come again, where another node has one that it may have created: once that is
   * here, it is given it.
   */
  private void askOthersFor(Creation creation) {
    boolean mayHaveBytes = creation.idempotencyKey() == null && creation.bringsBytes();
    boolean isAsked =
        context.table().isShared()
            && context.table().unfinished(creation.token()).stream()
                .filter(row -> row.info().hasNoOtherName() && creation.isOf(row.info()))
                .filter(row -> mayHaveBytes || row.received().isEmpty())
                .anyMatch(row -> context.table().askFor(row.info().id()).isPresent());
    if (isAsked) {
      throw UploadContext.elsewhere();
    }
  }

  private Optional<Created> ofKey(Creation creation, Sender sender) throws IOException {
    Optional<UploadTable.Row> row =
        context.table().created(creation.token(), creation.idempotencyKey());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (!creation.isOf(row.get().info())) {
      throw UploadRefusedException.keyOfAnotherFile();
    }
    Optional<ResumableUpload> found = find(row.get().info());
    if (found.isPresent()) {
      found.get().settle();
      if (found.get().isRemoved()) {
        return Optional.empty();
      }
    }
    // One that ends just now will soon be a photo, or give its use back.
    ResumableUpload upload =
        found.filter(ResumableUpload::stays).orElseThrow(UploadLaterException::locked);
    List<ResumableUpload> untouched = upload.isUntouched() ? List.of(upload) : List.of();
    return given(untouched, creation, sender).or(() -> Optional.of(Created.withBytes(upload)));
  }

  /** Where nothing names the file, another one of the same length would be taken for a repeat. */
  private Optional<Created> justCreated(Creation creation, Sender sender) throws IOException {
    if (creation.bringsBytes()
        || creation.filename().isEmpty()
        || context.token(creation.token()).isEmpty()) {
      return Optional.empty();
    }
    List<ResumableUpload> lately =
        allUntouched(creation).stream()
            .filter(upload -> upload.isFromJustNow(sender, LATELY))
            .toList();
    return given(lately, creation, sender);
  }

  /** The upload of a row, begun or finished. */
  private Optional<ResumableUpload> find(UploadInfo row) {
    return context.unfinished().find(row).or(() -> context.find(row.id()));
  }

  /** The first that can be given, under its new address. */
  private Optional<Created> given(List<ResumableUpload> untouched, Creation creation, Sender sender)
      throws IOException {
    for (ResumableUpload earlier : untouched) {
      earlier.settle();
      if (earlier.stays()) {
        return handover.of(earlier, 0, creation, sender).map(Created::empty);
      }
    }
    return Optional.empty();
  }

  /**
   * Those whose clients may have got no answer. Where nothing names the file, another one of the
   * same length may be about to send its first bytes.
   */
  private List<ResumableUpload> forgotten(Creation creation) {
    List<ResumableUpload> all = allUntouched(creation);
    if (!creation.filename().isEmpty()) {
      return all;
    }
    Instant before = context.clock().instant().minus(AT_ONCE);
    return all.stream().filter(upload -> upload.isQuietSince(before)).toList();
  }

  private List<ResumableUpload> allUntouched(Creation creation) {
    return allSaid(creation).stream().filter(ResumableUpload::isUntouched).toList();
  }

  /** Those that are unfinished of which the same was said. */
  private List<ResumableUpload> allSaid(Creation creation) {
    return context.table().unfinished(creation.token()).stream()
        .map(UploadTable.Row::info)
        .filter(info -> info.hasNoOtherName() && creation.isOf(info))
        .flatMap(info -> context.unfinished().find(info).stream())
        .toList();
  }
}
