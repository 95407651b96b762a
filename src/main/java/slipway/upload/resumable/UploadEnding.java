package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.NotWrittenException;
import slipway.health.BusyException;
import slipway.health.UnavailableException;
import slipway.media.PartialFile;
import slipway.photo.Photo;
import slipway.token.TokenUse;
import slipway.upload.Received;
import slipway.upload.Submission;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * How an upload in pieces ends, once and for good: it becomes a photo, is refused, or is removed.
 * From then on it takes no room, and holds no use of its token. For many threads.
 */
final class UploadEnding {
  private static final Logger LOG = LoggerFactory.getLogger(UploadEnding.class);

  private final UploadContext context;
  private final UploadInfo info;
  private final PartialFile file;
  private final TokenUse use;
  private final ReceivedBytes received;
  private final Writers writers;
  private final TypeCheck type;
  private final Lock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean removed;

  /**
   * Whether file and row may belong to another: to the next service, as this one has stopped, or to
   * the upload that they were handed to.
   */
  @GuardedBy("lock")
  private boolean isLeft;

  private volatile Unsure doubt = Unsure.NONE;

  /** What its row may have for an id, while that is in doubt. */
  @GuardedBy("lock")
  private String otherId;

  /** Whether it began before the start of the service. */
  private volatile boolean isOfBefore;

  /** Whether the file is among the kept ones since before the start, though there is no photo. */
  private volatile boolean kept;

  /** What is told of its key once its row is deleted; null for nothing. */
  @GuardedBy("lock")
  private RefusedTable.LastWord lastWord;

  /** Whether no other file of its key was begun before, as far as is told. */
  private volatile boolean isSureOfFile;

  private volatile UploadRefusedException refusal;
  private volatile Long photoId;

  /** Of what nobody knows whether it has been done, as a commit or a move has failed. */
  private enum Unsure {
    NONE,
    /** Whether it has become a photo, and where its file is. */
    PHOTO,
    /** Whether its row has another id. */
    ID,
    /** Whether its row is let go. */
    OWNER,
    /** Whether its row is there, though it is removed or never began. */
    ROW
  }

  /**
   * That of the upload with this row.
   *
   * @param use what it holds of its token; null for one that is finished or a part
   */
  UploadEnding(
      UploadContext context,
      UploadTable.Row row,
      PartialFile file,
      TokenUse use,
      ReceivedBytes received,
      Writers writers,
      TypeCheck type) {
    this.context = context;
    this.info = row.info();
    this.file = file;
    this.photoId = row.photoId();
    this.use = use;
    this.received = received;
    this.writers = writers;
    this.type = type;
  }

  /** Whether it has become a photo. */
  boolean isFinished() {
    return photoId != null;
  }

  /** Throws what a connection gets that comes with bytes after the end. */
  void checkNotEnded() throws IOException {
    recover();
    if (refusal != null) {
      throw refusal;
    }
    if (isFinished()) {
      throw UploadLaterException.locked();
    }
  }

  /**
   * Looks at the file's type; one that is not taken ends the upload, and later pieces get the same
   * refusal.
   */
  String checkType() throws IOException {
    try {
      return type.check();
    } catch (UploadRefusedException e) {
      refuse(e);
      throw e;
    }
  }

  /** The same with a file's first bytes, which is not written yet. */
  void checkType(byte[] head) throws IOException {
    try {
      type.check(head);
    } catch (UploadRefusedException e) {
      refuse(e);
      throw e;
    }
  }

  /**
   * Looks whether a file whose chunks come one after the other is the one that came under its key
   * before, once enough of it is there to tell. If it is another, it is refused: a client that goes
   * on with the first one would put its chunks behind those of this.
   *
   * @param end how many bytes are there from the start on
   */
  void checkBeginning(long end) throws IOException {
    if (!info.isInOrder() || isSureOfFile || isFinished()) {
      return;
    }
    Optional<FileStart> before = context.table().refused().beginningOf(info.key());
    if (before.isPresent() && end >= before.get().length() && !before.get().isOf(file)) {
      UploadRefusedException why = UploadRefusedException.otherFileBefore();
      refuse(why);
      throw why;
    }
    isSureOfFile = before.isEmpty() || end >= before.get().length();
  }

  /** The photo that it has become. */
  Photo photo() throws UploadRefusedException {
    return context.completion().made(photoId);
  }

  /** Has it end, and all that comes for it get that refusal, unless it has become a photo. */
  void refuse(UploadRefusedException why) throws IOException {
    lock.lock();
    try {
      settle();
      if (photoId == null) {
        refusal = why;
        context.refusals().add(info.id(), why);
        remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether any node can go on with it, and none writes what another would read. */
  private boolean isFenced() {
    return context.pieces() != null;
  }

  /** Whether nobody knows yet how a commit has ended. */
  boolean isInDoubt() {
    return doubt != Unsure.NONE;
  }

  /** Whether it was removed, though its row, and with it its use, may be there still. */
  boolean isRemoved() {
    lock.lock();
    try {
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * After a commit of which nobody could tell whether it is on the disk: the upload has become a
   * photo, is what it was before, or is gone.
   *
   * @throws RuntimeException when that cannot be told yet
   */
  void settle() throws IOException {
    if (isInDoubt()) {
      settleDoubt();
    }
  }

  private void settleDoubt() throws IOException {
    lock.lock();
    try {
      if (isInDoubt()) {
        checkNotLeft();
        context.table().settleEarlier();
        switch (doubt) {
          case PHOTO -> findOut();
          case ID -> keepId();
          case OWNER -> keepOrLeave();
          case ROW -> deleteRow();
          case NONE -> {}
        }
        doubt = Unsure.NONE;
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void findOut() throws IOException {
    context.completion().settle();
    Optional<UploadTable.Row> finished = context.table().finished(info.id());
    if (finished.isPresent()) {
      use.spent();
      end(finished.get().photoId());
    } else if (isOurs()) {
      context.completion().takeBackIfKept(file);
      received.reopen();
    }
  }

  /**
   * To be asked before the file is moved or deleted. The row alone tells whose the upload is: where
   * that is another node's, this one leaves it alone from then on.
   */
  @GuardedBy("lock")
  private boolean isOurs() {
    boolean isOurs = context.table().holds(info);
    if (!isOurs) {
      LOG.warn("Another node has taken an unfinished upload over");
      leaveToOtherNow();
    }
    return isOurs;
  }

  @GuardedBy("lock")
  private void requireOurs() {
    if (!isOurs()) {
      throw UploadContext.elsewhere();
    }
  }

  @GuardedBy("lock")
  private void keepOrLeave() {
    if (isOurs()) {
      received.reopen();
    }
  }

  @GuardedBy("lock")
  private void checkNotLeft() throws UploadLaterException {
    if (isLeft) {
      throw UploadLaterException.locked();
    }
  }

  /** Says that it began before the start of the service. */
  void beganBefore() {
    isOfBefore = true;
  }

  /** Leaves the file where it is kept until somebody goes on with the upload. */
  void leaveKept() {
    kept = true;
  }

  /** Makes ready for whoever goes on with the upload: its file is on its way in again. */
  void recover() throws IOException {
    settle();
    if (kept) {
      takeBackKept();
    }
  }

  private void takeBackKept() throws IOException {
    lock.lock();
    try {
      if (kept && !removed) {
        checkNotLeft();
        requireOurs();
        file.rememberKept();
        context.completion().takeBackIfKept(file);
        kept = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * See {@link ResumableUpload#finish}.
   *
   * @param mayEnd whether a file that is whole may become a photo now
   */
  Optional<Photo> finish(Function<Photo, String> callback, BooleanSupplier mayEnd)
      throws IOException {
    lock.lock();
    try {
      recover();
      if (photoId != null) {
        return Optional.of(context.completion().made(photoId));
      }
      checkGoesOn();
      return info.isPartial() || !received.isWhole() || !mayEnd.getAsBoolean()
          ? Optional.empty()
          : finishWhole(callback);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void checkGoesOn() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (removed) {
      throw UploadRefusedException.removed();
    }
    checkNotLeft();
  }

  @GuardedBy("lock")
  private Optional<Photo> finishWhole(Function<Photo, String> callback) throws IOException {
    // A crash between the keeping of the file and its photo leaves a row that says it is whole.
    received.commit();
    received.close();
    try {
      writers.stop();
      requireOurs();
      checkLength();
      // A flush that failed just before the end has taken bytes with it.
      return received.isWhole() ? Optional.of(complete(callback)) : Optional.empty();
    } finally {
      if (photoId == null && refusal == null && !isInDoubt() && !isLeft) {
        received.reopen();
      }
    }
  }

  /** What a file is too short for has to come again, whatever has cut it. */
  @GuardedBy("lock")
  private void checkLength() throws IOException {
    long length = file.size();
    if (length < info.size()) {
      LOG.error(
          "The file of an upload was truncated: {} bytes are there, {} were received",
          length,
          info.size());
      received.loseBeyond(length);
    } else if (length > info.size()) {
      throw new IOException("The file of an upload is longer than the upload");
    }
  }

  @GuardedBy("lock")
  private Photo complete(Function<Photo, String> callback) throws IOException {
    // A writer that was stopped may have written over what was looked at before.
    String checked = checkType();
    RefusedTable.LastWord word = wordOfStored();
    Received whole = new Received(file, info.filename(), checked, info.size());
    Submission how =
        new Submission(
                info.identifier(),
                null,
                (tx, made) -> context.table().finish(tx, info, made.photoId(), word),
                callback)
            .titled(info.title())
            .whileOurs(() -> context.table().holds(info));
    Photo photo = completed(whole, how);
    end(photo.photoId());
    return photo;
  }

  private RefusedTable.LastWord wordOfStored() throws IOException {
    return info.isInOrder()
        ? RefusedTable.LastWord.stored(FileStart.of(file, info.size()), context.ttl())
        : null;
  }

  /** A store elsewhere keeps a copy, so that the file is still in the spool. */
  @GuardedBy("lock")
  private void end(long photo) {
    photoId = photo;
    context.unfinished().ended().add(info.key(), use.token());
    leave();
    try {
      deleteFile();
    } catch (IOException | UnavailableException e) {
      LOG.warn("An upload is kept, and what it came as is still there; it is deleted later", e);
    }
  }

  private void deleteFile() throws IOException {
    context.table().forgetPieces(file.delete());
  }

  /** What keeps the file flushes it; where that failed, what no flush had seen must come again. */
  @GuardedBy("lock")
  private Photo completed(Received whole, Submission how) throws IOException {
    boolean isSure = false;
    try {
      Photo photo = context.completion().complete(use, whole, how);
      isSure = true;
      return photo;
    } catch (IOException e) {
      isSure = hasChangedNothing(e);
      if (!isSure) {
        received.lose();
      }
      throw e;
    } finally {
      // The move back may have failed, too, or what followed a good commit.
      doubt = isSure ? Unsure.NONE : Unsure.PHOTO;
    }
  }

  private static boolean hasChangedNothing(IOException failure) {
    return failure instanceof UploadRefusedException
        || (failure instanceof UploadLaterException later
            && later.reason() == UploadLaterException.Reason.LINK_HELD);
  }

  /**
   * Removes bytes and row, and returns the use; false when it is finished. A file that cannot be
   * deleted is set aside after the next start; a row is deleted by {@link #settle}.
   */
  boolean remove() throws IOException {
    return remove(false);
  }

  /** The same for its client, who knows that it is no photo. */
  boolean removeForClient() throws IOException {
    return remove(true);
  }

  private boolean remove(boolean isForClient) throws IOException {
    lock.lock();
    try {
      settle();
      if (photoId != null) {
        return false;
      }
      if (!removed) {
        checkNotLeft();
        removeNow(isForClient);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A full disk may take no change of the row, but gives room by that of the file. */
  @GuardedBy("lock")
  private void removeNow(boolean isForClient) throws IOException {
    boolean isOurs = false;
    try {
      requireOurs();
      isOurs = true;
    } finally {
      if (!isOurs && !isLeft) {
        received.reopen();
      }
    }
    removed = true;
    received.close();
    writers.stop();
    if (received.total() > 0 && use != null) {
      context.unfinished().ended().add(info.key(), use.token());
    }
    lastWord = isForClient ? null : info.isInOrder() ? wordOfBegun() : wordOfRefused();
    doom();
    try {
      deleteRow();
    } finally {
      try {
        discard(isForClient);
      } finally {
        context.disk().release(info.token(), received.total());
      }
    }
  }

  /** A file without a row would pass for one of a database that has lost its last commits. */
  @GuardedBy("lock")
  private void doom() {
    try {
      if (!mayBePhoto() && !wasKept()) {
        file.doom();
      }
    } catch (IOException e) {
      LOG.warn("The file of an upload that is removed could not be given another name", e);
    }
  }

  /**
   * Deletes the row, and gives the use back once it is known to be gone: after a start, such a row
   * would take a use that another upload holds by then.
   */
  @GuardedBy("lock")
  private void deleteRow() {
    doubt = Unsure.ROW;
    context.table().delete(info, lastWord);
    doubt = Unsure.NONE;
    returnUse();
    context.unfinished().remove(info);
  }

  /** What chunks get that come after the end, in any order. */
  @GuardedBy("lock")
  private RefusedTable.LastWord wordOfRefused() {
    return refusal == null || info.hasNoOtherName()
        ? null
        : RefusedTable.LastWord.refused(refusal.type(), context.ttl());
  }

  /**
   * Keeps the key for the file of which a client may have been told that it is there, and which it
   * may go on with, as long as the upload would have stayed. Where that cannot be read, nothing may
   * come under the key.
   */
  @GuardedBy("lock")
  private RefusedTable.LastWord wordOfBegun() {
    long there = received.prefix();
    Duration left =
        context.ttl().minus(Duration.between(received.touched(), context.clock().instant()));
    if (there == 0 || left.isNegative() || left.isZero()) {
      return null;
    }
    try {
      return RefusedTable.LastWord.begun(FileStart.of(file, there), left);
    } catch (IOException | UnavailableException e) {
      LOG.warn("It cannot be read how a file began whose upload is removed", e);
      return RefusedTable.LastWord.refused("", left);
    }
  }

  /**
   * Ends what got no row.
   *
   * @param isSure false where nobody knows whether there will be one after all: it is deleted by
   *     {@link #settle}, before the use is given back
   */
  void neverBegan(boolean isSure) {
    lock.lock();
    try {
      removed = true;
      received.close();
      if (isSure) {
        returnUse();
        context.unfinished().remove(info);
      } else {
        doubt = Unsure.ROW;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has nothing more be done to file and row, as the service stops: the next one may go on with
   * them while a request of this one still runs. What came is received, where that can be done.
   */
  void leaveToTheNext() {
    lock.lock();
    try {
      isLeft = true;
      writers.stop();
      received.commit();
    } catch (IOException | RuntimeException e) {
      LOG.warn("The latest bytes of an upload have to come again after the start", e);
    } finally {
      received.close();
      writers.stop();
      lock.unlock();
    }
  }

  /**
   * Lets another node go on with it, with the use of the token that it has.
   *
   * @param senders tells who has sent what of it
   * @return false when it has ended, or somebody sends bytes
   */
  boolean letGo(Supplier<String> senders) throws IOException {
    if (!lock.tryLock()) {
      return false; // It ends now, which may take long.
    }
    try {
      recover();
      if (photoId != null || removed || isLeft) {
        return false;
      }
      if (isFenced() && info.isNamedById()) {
        writers.stop(); // Its client asks elsewhere, as that connection has brought it nothing.
      }
      received.commit();
      if (!writers.closeIfIdleSince(Instant.MAX)) {
        return false;
      }
      received.close(); // A commit under way is waited for.
      if (received.total() != received.now().total()) {
        received.reopen();
        return false;
      }
      letRowGo(senders.get());
      leaveNow();
      received.dropReplaced();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** First the row, which alone tells whose the upload is; {@link #settle} finds out what holds. */
  @GuardedBy("lock")
  private void letRowGo(String senders) {
    doubt = Unsure.OWNER;
    try {
      Duration idle = Duration.between(received.touched(), context.clock().instant());
      context.table().letGo(info, senders, idle);
    } catch (NotWrittenException | BusyException e) {
      doubt = Unsure.NONE;
      received.reopen();
      throw e;
    }
    doubt = Unsure.NONE;
  }

  /** Has nothing more be done to file and row, as another node goes on with them. */
  void leaveToOther() {
    lock.lock();
    try {
      if (!isLeft && !removed && photoId == null) {
        leaveToOtherNow();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void leaveToOtherNow() {
    writers.stop();
    received.close();
    writers.stop();
    leaveNow();
  }

  @GuardedBy("lock")
  private void leaveNow() {
    isLeft = true;
    leave();
    if (use != null) {
      use.leave();
    }
    try {
      file.leave();
    } catch (IOException e) {
      LOG.debug("The next start deletes a file of an upload that is another node's", e);
    }
  }

  /**
   * Leaves file, row and use to the same upload under another id. No byte is written for this one
   * any more.
   *
   * @param most how many bytes may be there
   * @param key the idempotency key it is given for; null for none
   * @return empty when more bytes are there, somebody sends some, or it is a photo
   */
  Optional<ResumableUpload> handOver(long most, UploadInfo next, String key) throws IOException {
    lock.lock();
    try {
      recover();
      checkGoesOn();
      received.commit();
      if (photoId != null || !writers.closeIfIdleSince(Instant.MAX)) {
        return Optional.empty();
      }
      received.close(); // A commit under way is waited for.
      ByteRanges there = received.now();
      if (received.total() > most || received.total() != there.total()) {
        received.reopen();
        return Optional.empty();
      }
      return Optional.of(handedOver(new UploadTable.Row(next, there, null), key));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says how long the file is, or its name, where that was not known. If it is unknown whether that
   * was written down, the client has to say it again: it may as well have been.
   *
   * @return the upload that goes on in the place of this; empty when somebody sends bytes
   * @throws UploadRefusedException when more bytes are there, or the upload has ended
   */
  Optional<ResumableUpload> declare(UploadInfo now) throws IOException {
    lock.lock();
    try {
      recover();
      checkGoesOn();
      received.commit();
      if (!writers.closeIfIdleSince(Instant.MAX)) {
        return Optional.empty();
      }
      received.close(); // A commit under way is waited for.
      ResumableUpload next = null;
      try {
        next = declared(now);
      } finally {
        if (next == null) {
          received.reopen();
        }
      }
      isLeft = true;
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private ResumableUpload declared(UploadInfo now) throws UploadRefusedException {
    ByteRanges there = received.now();
    if (there.end() > now.size()) {
      throw UploadRefusedException.lie(
          "The upload has " + there.end() + " bytes already: it cannot be shorter.");
    }
    context.table().declare(now);
    UploadTable.Row row = new UploadTable.Row(now, there, null);
    ResumableUpload upload = new ResumableUpload(context, row, file, use.token(), use);
    return isOfBefore ? upload.beganBefore() : upload;
  }

  /** Where it is unknown which id the row has, it keeps this one in the end. */
  @GuardedBy("lock")
  private ResumableUpload handedOver(UploadTable.Row next, String key) throws IOException {
    otherId = next.info().id();
    doubt = Unsure.ID;
    try {
      context.table().handOver(info, otherId, next.received().toString(), key, use);
    } catch (NotWrittenException e) {
      doubt = Unsure.NONE;
      received.reopen();
      throw e;
    }
    doubt = Unsure.NONE;
    isLeft = true;
    ResumableUpload upload = new ResumableUpload(context, next, file, use.token(), use);
    return isOfBefore ? upload.beganBefore() : upload;
  }

  /** Nobody was told of the other id. */
  @GuardedBy("lock")
  private void keepId() {
    context.table().takeBack(otherId, info, use);
    received.reopen();
  }

  /**
   * A whole file of before the start may have been acknowledged as a photo that a database does not
   * know which was put back, or lost its last commits. One that began since was acknowledged to
   * nobody, and whoever sends it could fill the disk with what is set aside. Of one that was put
   * together the parts are there. What its client has removed goes, and what was refused; but
   * nothing that was among the kept files when its upload was gone on with.
   */
  @GuardedBy("lock")
  private void discard(boolean isForClient) throws IOException {
    if (wasKept()) {
      LOG.warn("An upload was removed whose file is kept, without a photo: that is set aside");
      if (!context.completion().setAsideIfKept(file)) {
        context.spool().setAside(file);
      }
    } else if (mayBePhoto() && !isForClient) {
      LOG.warn("An upload that was whole, but became no photo, was removed: its file is set aside");
      context.spool().setAside(file);
    } else {
      deleteFile();
    }
  }

  /** Whether its file is among the kept ones since before the start, or was until it went on. */
  private boolean wasKept() {
    return kept || file.wasKept();
  }

  @GuardedBy("lock")
  private boolean mayBePhoto() {
    return isOfBefore && refusal == null && info.concat().isEmpty() && received.isWhole();
  }

  @GuardedBy("lock")
  private void returnUse() {
    if (use != null) {
      use.close();
    }
  }

  @GuardedBy("lock")
  private void leave() {
    context.disk().release(info.token(), received.total());
    context.unfinished().remove(info);
  }
}
