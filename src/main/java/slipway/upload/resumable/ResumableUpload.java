package slipway.upload.resumable;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.clock.SteadyClock;
import slipway.media.PartialFile;
import slipway.photo.Photo;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.FileRules;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * One file that comes in pieces, in any order and several at a time, each written at its place in
 * one sparse file. What was accepted is durable. It holds one use of its token until it is
 * finished, which it is exactly once, or removed. For many threads.
 */
public final class ResumableUpload {
  private static final Logger LOG = LoggerFactory.getLogger(ResumableUpload.class);

  private final UploadContext context;
  private final UploadInfo info;
  private final UploadToken token;
  private final PartialFile file;
  private final ReceivedBytes received;
  private final Writers writers;
  private final TypeCheck type;
  private final UploadEnding ending;
  private final Contributors contributors;
  private final ChunkSender.Waits waits;
  private volatile boolean isGivenUp;
  private volatile boolean isBlocked;

  /**
   * When it began, or a little later, by a clock that no one sets; after a start, when that was.
   */
  private volatile long begun = System.nanoTime();

  /**
   * An upload as its row says.
   *
   * @param file where its bytes are
   * @param token its token; null for one that is finished
   * @param use what it holds of its token; null for one that is finished or a part
   */
  ResumableUpload(
      UploadContext context,
      UploadTable.Row row,
      PartialFile file,
      UploadToken token,
      TokenUse use) {
    this.context = context;
    this.info = row.info();
    this.token = token;
    this.file = file;
    this.contributors = context.unfinished().early().take(info.key());
    this.contributors.startWith(row.received(), row.senders(), mayHaveLost());
    this.waits = context.unfinished().waitsOf(contributors);
    this.received =
        new ReceivedBytes(
            row, file, context.table(), context.disk(), context.clock(), this::keepOnly);
    this.writers = new Writers(info, file, received, context.disk(), context.table());
    FileRules rules = token == null ? context.rules() : context.rules().within(token.limits());
    this.type = new TypeCheck(file, rules, info.size());
    this.ending = new UploadEnding(context, row, file, use, received, writers, type);
  }

  /** What has ended at other nodes, this one does not know. */
  private boolean mayHaveLost() {
    return token != null
        && (context.table().isShared()
            || context.unfinished().ended().mayInclude(info.key(), token));
  }

  /** Forgets who has sent other bytes than these. */
  private void keepOnly(ByteRanges there) {
    contributors.keepOnly(there);
    waits.reset();
  }

  /** What it is. */
  public UploadInfo info() {
    return info;
  }

  /** Its token, though it be used up, expired or revoked. */
  public Optional<UploadToken> token() {
    return token == null ? context.tokenEvenRevoked(info.token()) : Optional.of(token);
  }

  /** When, by the wall clock, it is removed if nothing more comes; empty once it is finished. */
  public Optional<Instant> expires() {
    return isFinished()
        ? Optional.empty()
        : Optional.of(SteadyClock.shownBy(context.wall(), context.clock(), abandoned()));
  }

  private Instant abandoned() {
    return received.touched().plus(ttl());
  }

  /** One that is put together has bytes as soon as its parts are copied. */
  private Duration ttl() {
    return received.total() == 0 && !info.isPutTogether() ? context.emptyTtl() : context.ttl();
  }

  /** Whether no byte has come, and nobody sends any. */
  boolean isUntouched() {
    return !isFinished() && received.total() == 0 && writers.isIdle();
  }

  /** Whether bytes have come, and nobody sends any now. */
  boolean hasIdleBytes() {
    return !isFinished() && received.total() > 0 && writers.isIdle();
  }

  /**
   * Removes it, and gives its use back, where no byte of it has come and nobody sends any: what its
   * client sent was refused.
   */
  public void removeIfEmpty() throws IOException {
    if (!isUntouched() || !writers.closeIfIdleSince(Instant.MAX)) {
      return;
    }
    if (received.total() > 0) {
      received.reopen();
    } else if (ending.remove()) {
      context.unfinished().early().giveBack(info.key(), contributors);
    }
  }

  /**
   * Removes it, and gives its use back, where that client has created or sent it and goes on no
   * more.
   *
   * @param before when the last byte came at the latest
   */
  boolean removeIfForgotten(Sender who, Instant before) throws IOException {
    return !isFinished()
        && !received.isWhole()
        && contributors.knows(who)
        && writers.closeIfIdleSince(before)
        && ending.remove();
  }

  /** The same of one to which nothing has come since then, whoever sent it. */
  boolean removeIfLeft(Instant before) throws IOException {
    return info.isInOrder()
        && !isFinished()
        && !received.isWhole()
        && writers.closeIfIdleSince(before)
        && ending.remove();
  }

  /** Notes who created it without a key, and may ask for it again. */
  ResumableUpload createdBy(Sender asking) {
    contributors.created(asking);
    return this;
  }

  /** Whether nothing has come for it since. */
  boolean isQuietSince(Instant moment) {
    return received.touched().isBefore(moment);
  }

  /** Whether that sender created it, or asked for it, no longer ago. */
  boolean isFromJustNow(Sender asking, Duration lately) {
    Instant then = context.clock().instant().minus(lately);
    return contributors.knows(asking) && received.touched().isAfter(then);
  }

  /** See {@link UploadEnding#handOver}. */
  Optional<ResumableUpload> handOver(long most, UploadInfo next, String key) throws IOException {
    return ending.handOver(most, next, key);
  }

  /**
   * Checks that its file may have so many bytes.
   *
   * @throws UploadRefusedException when it may not
   */
  void checkSize(long size) throws UploadRefusedException {
    (token == null ? context.rules() : context.rules().within(token.limits())).checkSize(size);
  }

  /** See {@link UploadEnding#declare}; who has sent its bytes is known as before. */
  Optional<ResumableUpload> declare(UploadInfo now) throws IOException {
    context.unfinished().early().giveBack(now.key(), contributors);
    return ending.declare(now).map(declared -> declared.begunAt(begun));
  }

  private ResumableUpload begunAt(long moment) {
    begun = moment;
    return this;
  }

  /** Says how long ago it began at another node. */
  void begunBefore(Duration age) {
    begun = System.nanoTime() - age.toNanos();
  }

  /**
   * Has it wait anew for what follows.
   *
   * @return false when it takes nothing more, as it ends now
   */
  boolean stays() {
    return isFinished() || received.touchIfOpen();
  }

  /**
   * Removes it if it has to go, as nothing came for too long.
   *
   * @return whether it was removed
   */
  boolean removeIfAbandoned(Instant now) throws IOException {
    Instant before = isGivenUp || isPartOfDeadToken() ? Instant.MAX : now.minus(patience());
    return writers.closeIfIdleSince(before) && ending.remove();
  }

  /** One that is whole may wait for its end, longer than bytes are waited for. */
  private Duration patience() {
    if (isBlocked && ttl().compareTo(ResumableUploads.LEFT) > 0) {
      return ResumableUploads.LEFT;
    }
    return isWhole() ? ttl().plus(SharedWait.MOST) : ttl();
  }

  /** Whether it has become a photo. */
  public boolean isFinished() {
    return ending.isFinished();
  }

  /** Whether these bytes are there, for sure. */
  public boolean has(long first, long length) throws IOException {
    ending.recover();
    if (isFinished()) {
      return true;
    }
    if (!received.covers(first, first + length) && received.hasSeen(first, first + length)) {
      received.commit();
    }
    return received.covers(first, first + length);
  }

  /**
   * Whether a client that asks for a chunk need not send it, as it has done so, and it is there.
   * Else the client will send it, and it is compared with what others may have sent.
   */
  public boolean maySkip(Sender who, long first, long length) throws IOException {
    // Of a file that is whole by then, a chunk has to come: its answer tells what became of it.
    return !isFinished()
        && asks(who, first, length)
        && has(first, length)
        && !received.isWhole()
        && stays();
  }

  /**
   * The byte with which a client goes on that sends one chunk after the other: the last one that it
   * has sent comes once more, and is compared with what others may have sent. 0 where it has to
   * send all.
   */
  public long resumes(Sender who) throws IOException {
    long first = isFinished() ? 0 : contributors.resumes(who);
    waits.first().news();
    return first > 0 && has(0, first) && stays() ? first : 0;
  }

  private boolean asks(Sender who, long first, long length) {
    boolean may = contributors.asks(who, first, first + length);
    waits.first().news();
    return may;
  }

  /**
   * A client whose chunk begins to come now.
   *
   * @param since when its request began, as {@link System#nanoTime} tells it
   * @throws UploadLaterException when chunks come one after the other, and those before this one
   *     are not there, or it is older than the upload
   */
  public ChunkSender from(Sender who, long first, long length, long since)
      throws UploadLaterException {
    if (info.isInOrder() && first > 0 && !follows(first, since)) {
      throw UploadLaterException.ofLostChunks();
    }
    ChunkSender.Coming chunk = new ChunkSender.Coming(who, first, first + length);
    return new ChunkSender(this, contributors, waits, chunk);
  }

  private boolean follows(long first, long since) {
    return isFinished() || (first <= received.prefix() && isAsOldAs(since));
  }

  /** Whether it had begun at that moment: what came before is of another page of its sender. */
  boolean isAsOldAs(long moment) {
    return moment - begun >= 0;
  }

  /** How many bytes are there for sure from the start on without a gap. */
  public long offset() {
    return isFinished() ? info.size() : received.prefix();
  }

  /** Bytes that were received. */
  long onDisk() {
    return received.total();
  }

  /** Whether it is a part that is whole. */
  boolean isWholePart() {
    return info.isPartial() && received.covers(0, info.size());
  }

  /**
   * Starts to take a stretch, as one of several; close what is returned. Where every byte of it is
   * there already, they are compared.
   *
   * @throws UploadLaterException when it cannot be taken now
   * @throws UploadRefusedException when it was refused, or is a part of a token that is used up
   */
  public Piece piece(long first, long length) throws IOException {
    if (!has(first, length)) {
      writers.awaitTurn(first, length); // Who writes there may bring the same bytes.
    }
    return has(first, length) ? repeated(first, length) : chunk(first, length);
  }

  private Piece repeated(long first, long length) throws IOException {
    // Chunks in order keep their upload only where they are of its file, which shows as they come.
    if (!info.isInOrder() && !stays()) {
      throw UploadLaterException.locked();
    }
    return new RepeatedPiece(this, same(first), length);
  }

  /**
   * Takes bytes once more that are there already, and throws {@link
   * slipway.upload.DifferentFileException} where they are others; close it.
   *
   * @param first where they begin
   * @throws UploadLaterException when they are being moved or removed just now
   */
  public WritableByteChannel same(long first) throws IOException {
    ending.recover();
    if (isFinished()) {
      return context.completion().restOf(ending.photo(), first);
    }
    try {
      return new SameBytes(file.open(), first);
    } catch (NoSuchFileException e) {
      throw UploadLaterException.locked();
    }
  }

  /** Whether so many bytes from its start on are there, and the same as another's. */
  boolean beginsAs(ResumableUpload other, long length) throws IOException {
    if (!has(0, length)) {
      return false;
    }
    try (SeekableByteChannel mine = file.open();
        WritableByteChannel same = other.same(0)) {
      return SameBytes.isSame(mine, length, same);
    }
  }

  /**
   * What a chunk of another file gets. Where chunks come one after the other, the upload goes on as
   * if nothing had come. Else chunks of both files may be in it: unless it is a photo, all that
   * comes for it from now on is refused.
   */
  UploadRefusedException otherFileCame() throws IOException {
    if (info.isInOrder()) {
      return isFinished()
          ? UploadRefusedException.otherFile()
          : UploadRefusedException.otherFileFirst();
    }
    UploadRefusedException why =
        isFinished()
            ? UploadRefusedException.otherFile()
            : UploadRefusedException.otherFileOnItsWay();
    ending.refuse(why);
    waits.stop();
    return why;
  }

  /**
   * Notes that it can become no photo, as another file of its name and size is stored: it goes once
   * nothing has come for 15 minutes. The chunk that showed that may be the other file's, once more.
   */
  UploadRefusedException blockedByStored() {
    isBlocked = true;
    return UploadRefusedException.otherFile();
  }

  /**
   * Starts to receive a stretch, as one of several; close what is returned. Bytes of it that are
   * there already are compared.
   *
   * @throws UploadLaterException when it cannot be taken now
   * @throws UploadRefusedException when it was refused, or is a part of a token that is used up
   */
  public PieceWriter chunk(long first, long length) throws IOException {
    checkTakesBytes();
    return writers.open(this, first, length, false);
  }

  /**
   * Checks that bytes which begin there follow those of a file whose length is not known, before it
   * is said: a request that is refused says nothing.
   *
   * @throws OffsetException when they do not
   */
  public void checkOffset(long first) throws OffsetException {
    if (info.isDeferred() && !isFinished() && first != offset()) {
      throw new OffsetException(offset());
    }
  }

  /**
   * Starts to receive what follows, as the only connection; close what is returned.
   *
   * @param length bytes at most
   * @param asItComes whether what came counts when another connection takes over
   * @throws OffsetException when it does not begin where the bytes that are there end
   * @throws UploadLaterException when another connection is at it
   * @throws UploadRefusedException when it was refused, or is a part of a token that is used up
   */
  public PieceWriter append(long first, long length, boolean asItComes) throws IOException {
    checkTakesBytes();
    return writers.append(this, first, length, asItComes);
  }

  private void checkTakesBytes() throws IOException {
    ending.checkNotEnded();
    if (isPartOfDeadToken()) {
      throw UploadRefusedException.deadToken();
    }
  }

  /** Whether it is a part that can become no file, as every use of its token is spent. */
  private boolean isPartOfDeadToken() {
    return info.isPartial() && !context.tokens().hasUnspent(info.token());
  }

  /** Ends what other connections send; what they sent as it comes is received. */
  public void takeOver() throws IOException {
    ending.recover();
    writers.stop();
    commit();
  }

  void leave(PieceWriter writer) throws IOException {
    writers.leave(writer);
  }

  /** Counts bytes as received that no {@link PieceWriter} wrote; they are durable on return. */
  void accept(Stretch stretch, long end) throws IOException {
    add(stretch, end);
    commit(stretch.first(), end);
  }

  /**
   * Says that bytes have been written, which {@link #commit} makes received.
   *
   * @throws IOException when a flush has failed meanwhile, and they have to come again
   */
  void add(Stretch stretch, long end) throws IOException {
    if (!addIfThere(stretch, end)) {
      throw ReceivedBytes.lost();
    }
  }

  /** The same, but false when they have to come again. */
  boolean addIfThere(Stretch stretch, long end) {
    return received.add(stretch, end);
  }

  /**
   * Makes what was added received: durable on return.
   *
   * @throws UploadLaterException when these bytes are not, as the upload is ending
   */
  void commit(long first, long end) throws IOException {
    commit();
    if (!received.includes(first, end)) {
      throw UploadLaterException.locked();
    }
  }

  private void commit() throws IOException {
    lookAtHead(received.seenPrefix());
    received.commit();
  }

  /**
   * Says that the whole file is written from now on, in one go, and takes room for it; {@link
   * #leave(Stretch)} is to follow.
   *
   * @throws UploadLaterException when there is none
   */
  Stretch beginWhole() throws IOException {
    Stretch whole = received.begin(0, info.size());
    boolean isBegun = false;
    try {
      received.claim(whole, info.size());
      received.create();
      isBegun = true;
      return whole;
    } finally {
      if (!isBegun) {
        leave(whole);
      }
    }
  }

  /** Says that no byte of it is written any more, and gives room back that it has taken. */
  void leave(Stretch stretch) {
    received.leave(stretch);
  }

  /**
   * Looks at the type of a file that is not written yet.
   *
   * @param head its first bytes
   * @throws UploadRefusedException when it is not taken, which ends the upload
   */
  void checkType(byte[] head) throws IOException {
    ending.checkType(head);
  }

  /** See {@link UploadEnding#checkBeginning}. */
  void checkBeginning(long end) throws IOException {
    ending.checkBeginning(end);
  }

  /**
   * Whether it may be the file of that key: none has been begun under it, or one with the same
   * bytes.
   */
  boolean mayBeOf(UploadKey key) throws IOException {
    Optional<FileStart> before = context.table().refused().beginningOf(key);
    return before.isEmpty() || offset() < before.get().length() || before.get().isOf(file);
  }

  /** Where its bytes are. */
  PartialFile file() {
    return file;
  }

  /**
   * Looks at the file's type once enough of its start is there.
   *
   * @param end how many bytes are there from the start on
   */
  void lookAtHead(long end) throws IOException {
    if (!info.isPartial() && !isFinished() && type.isDue(end)) {
      ending.checkType();
    }
  }

  /**
   * Makes the photo once the file is whole; a repeated request gets the same one.
   *
   * @param callback the address that tells of the photo
   * @return empty while bytes are missing, and for a part
   * @throws UploadRefusedException when the file is not taken, its photo has been deleted, or the
   *     upload has been removed
   */
  public Optional<Photo> finish(Function<Photo, String> callback) throws IOException {
    return finish(callback, () -> true);
  }

  /**
   * The same, but leaves a whole file as it is unless it may end.
   *
   * @param mayEnd asked under a lock
   */
  Optional<Photo> finish(Function<Photo, String> callback, BooleanSupplier mayEnd)
      throws IOException {
    return ending.finish(callback, mayEnd);
  }

  /** Whether every byte was received, but there is no photo yet. */
  boolean isWhole() {
    return !isFinished() && received.isWhole();
  }

  /** See {@link UploadEnding#beganBefore}. */
  ResumableUpload beganBefore() {
    ending.beganBefore();
    return this;
  }

  /** See {@link UploadEnding#leaveKept}. */
  ResumableUpload leaveKept() {
    ending.leaveKept();
    return this;
  }

  /** See {@link UploadEnding#isInDoubt}. */
  boolean isInDoubt() {
    return ending.isInDoubt();
  }

  /** Whether it was not removed; only of one in doubt that has to be asked under a lock. */
  boolean isKnownToBe() {
    return !isInDoubt() || !isRemoved();
  }

  /** See {@link UploadEnding#isRemoved}. */
  boolean isRemoved() {
    return ending.isRemoved();
  }

  /** See {@link UploadEnding#neverBegan}. */
  void neverBegan(boolean isSure) {
    ending.neverBegan(isSure);
  }

  /** Tells what became of it, where a commit left that unknown. */
  void settle() throws IOException {
    ending.settle();
  }

  /** See {@link UploadEnding#leaveToTheNext}. */
  void leaveToTheNext() {
    ending.leaveToTheNext();
    waits.stop();
  }

  /** See {@link UploadEnding#letGo}. */
  boolean letGo() throws IOException {
    boolean isGone = ending.letGo(contributors::toString);
    if (isGone) {
      waits.stop();
    }
    return isGone;
  }

  /** See {@link UploadEnding#leaveToOther}. */
  void leaveToOther() {
    ending.leaveToOther();
    waits.stop();
  }

  /** See {@link UploadEnding#removeForClient}. */
  boolean removeForClient() throws IOException {
    return ending.removeForClient();
  }

  /** Removes bytes and row, and returns the use; false when it is finished. */
  boolean remove() throws IOException {
    return ending.remove();
  }

  /**
   * Removes it, as nothing comes for it any more. Where that fails, or it cannot be told yet
   * whether it became a photo, it is left to the next sweep. One that was handed over stays.
   */
  void discard() {
    isGivenUp = true;
    try {
      remove();
    } catch (UploadLaterException e) {
      LOG.debug("An abandoned upload belongs to another by now", e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("An abandoned upload could not be removed yet", e);
    }
  }
}
