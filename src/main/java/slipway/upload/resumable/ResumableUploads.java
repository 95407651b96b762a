package slipway.upload.resumable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.clock.SteadyClock;
import slipway.health.BusyException;
import slipway.health.LoopThread;
import slipway.health.Nuisance;
import slipway.health.StillAtWorkException;
import slipway.health.UnavailableException;
import slipway.media.LocalFile;
import slipway.media.Spool;
import slipway.photo.Photo;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.upload.ChunkFile;
import slipway.upload.Completion;
import slipway.upload.FileRules;
import slipway.upload.HeldUses;
import slipway.upload.IncomingRoom;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * The uploads that come in pieces. The unfinished ones are in memory, and in the database to
 * survive a restart, with the uses of their tokens; the finished ones stay answerable for a while.
 */
public final class ResumableUploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResumableUploads.class);

  /** Keys share so many locks, under which their uploads begin. */
  private static final int LOCKS = 64;

  /**
   * How long and how large uploads may be while they are unfinished.
   *
   * @param ttl how long one stays after the last byte came, and a finished one is answered for
   * @param emptyTtl how long one stays to which no byte came yet; no longer than {@code ttl}
   * @param tokenBytes all those of one token
   * @param totalBytes all there are
   * @param uploadsPerAddress how many of one address; 0 for no limit
   */
  public record ResumableLimits(
      Duration ttl, Duration emptyTtl, long tokenBytes, long totalBytes, int uploadsPerAddress) {}

  /**
   * So long nothing comes of a file whose chunks come one after the other before it leaves its use
   * of the token to another file. Its name it keeps, as its client may go on with it.
   */
  public static final Duration LEFT = Duration.ofMinutes(15);

  /** The commit of a row under way, and the disk's latest writes, are waited for. */
  private static final Duration MOST_CLOSE = Duration.ofSeconds(40);

  private final List<Lock> locks = Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
  private final Nuisance ends = new Nuisance();

  /** Files of uploads that the last look of {@link #letLostGo} did not find in the memory. */
  private volatile Set<String> lost = Set.of();

  private final UploadContext context;
  private final UploadOpening opening;
  private final Concatenations concatenations;
  private final Handover handover;
  private final Creations creations;
  private final Restoration restoration;
  private final Arrivals arrivals;
  private final ForgottenUploads forgotten;

  /** With these parts; {@link #restore} brings back what a restart interrupted. */
  public ResumableUploads(
      UploadTable table,
      TokenRegistry tokens,
      Spool spool,
      Completion completion,
      FileRules rules,
      ResumableLimits limits,
      IncomingRoom room,
      Clock clock) {
    this(
        new UploadContext(
            new UnfinishedUploads(limits.uploadsPerAddress(), clock.instant()),
            new RecentRefusals(),
            table,
            tokens,
            spool,
            completion,
            new DiskUse(limits.tokenBytes(), limits.totalBytes(), room),
            new UploadContext.Terms(
                rules, limits.ttl(), limits.emptyTtl(), new SteadyClock(clock), clock)));
  }

  ResumableUploads(UploadContext context) {
    this.context = context;
    this.opening = new UploadOpening(context);
    this.concatenations = new Concatenations(context, opening);
    this.handover = new Handover(context);
    this.creations = new Creations(context, opening, handover);
    this.restoration = new Restoration(context);
    this.arrivals = new Arrivals(context, restoration);
    this.forgotten = new ForgottenUploads(context, arrivals);
  }

  /**
   * Brings back the unfinished uploads and takes their uses again: at the start, and, where several
   * nodes share database and media, each time that another is gone. Its uses are to be given back
   * before.
   */
  public void restore() throws IOException {
    restoration.run();
  }

  /**
   * Lets those go that other nodes ask for, as their clients came there, but for those that
   * somebody is sending.
   *
   * @return how many
   */
  public int letWantedGo() {
    int gone = 0;
    for (String id : context.table().wanted()) {
      Optional<ResumableUpload> upload = context.unfinished().find(id);
      try {
        gone += upload.isPresent() && upload.get().letGo() ? 1 : 0;
      } catch (IOException | RuntimeException e) {
        LOG.warn("It is not known whether an upload that another node wants was released", e);
        leaveTaken();
      }
    }
    return gone;
  }

  /**
   * Lets those go that have rows of this node and are not in its memory since the last look, as an
   * error came between the two: whichever node has {@link #restore} look next goes on with them.
   *
   * @return how many
   */
  public int letLostGo() {
    Map<String, String> now = new HashMap<>(context.table().own());
    context.unfinished().all().forEach(upload -> now.remove(upload.info().mediaName()));
    int gone = 0;
    for (Map.Entry<String, String> one : now.entrySet()) {
      if (lost.contains(one.getKey())) {
        LOG.warn("An unfinished upload had been lost to an error: it is resumed");
        context.table().letLostGo(one.getValue());
        gone++;
      }
    }
    lost = Set.copyOf(now.keySet());
    return gone;
  }

  /**
   * Leaves those alone that other nodes have taken over, as this one was silent for so long that
   * they took it for dead.
   */
  public void leaveTaken() {
    for (ResumableUpload upload : context.unfinished().all()) {
      if (!upload.isInDoubt() && !context.table().isOwn(upload.info())) {
        LOG.warn("Another node has taken an unfinished upload over");
        upload.leaveToOther();
      }
    }
  }

  /** Has requests for uploads that other nodes receive wait so long for these to come here. */
  public void waitForOthers(Duration most) {
    arrivals.waitFor(most);
  }

  /**
   * The upload of that key, begun or finished; waited for where another node receives it.
   *
   * @throws UploadRefusedException when it was refused
   * @throws BusyException when another node receives it still
   */
  public Optional<ResumableUpload> find(UploadKey key) throws UploadRefusedException {
    return arrivals.await(key, () -> findNow(key));
  }

  private Optional<ResumableUpload> findNow(UploadKey key) throws UploadRefusedException {
    Optional<ResumableUpload> found =
        context
            .unfinished()
            .find(key)
            .filter(ResumableUpload::isKnownToBe)
            .or(() -> context.table().finished(key).map(context::finished));
    if (found.isEmpty()) {
      if (isElsewhere(key)) {
        throw UploadContext.elsewhere();
      }
      context.checkNotRefused(key); // After that: where it ends just now, this is there.
    }
    return found;
  }

  /** One that begins or ends here at this moment is in the memory. */
  private boolean isElsewhere(UploadKey key) {
    return context.unfinished().find(key).isEmpty()
        && context.table().askFor(key).isPresent()
        && context.unfinished().find(key).isEmpty();
  }

  /**
   * Whether a client that asks for a chunk need not send it, as it has done so, and it is there.
   * Else the client will send it, and it is compared with what others may have sent. That is noted,
   * though the upload have not begun.
   *
   * @throws UploadRefusedException when the upload was refused
   */
  public boolean maySkip(UploadKey key, Sender who, long first, long length) throws IOException {
    Optional<ResumableUpload> begun = find(key);
    if (begun.isEmpty()) {
      begun = askedEarly(key, who, first, first + length);
    }
    return begun.isPresent() && begun.get().maySkip(who, first, length);
  }

  /** Notes it for the upload that is to begin, unless it has begun meanwhile. */
  private Optional<ResumableUpload> askedEarly(UploadKey key, Sender who, long first, long end)
      throws UploadRefusedException {
    Lock lock = lock(key);
    lock.lock();
    try {
      Optional<ResumableUpload> begun = context.unfinished().find(key);
      if (begun.isEmpty()) {
        context.unfinished().early().of(key).asks(who, first, end);
      }
      return begun;
    } finally {
      lock.unlock();
    }
  }

  private Lock lock(UploadKey key) {
    return locks.get(Math.floorMod(key.hashCode(), LOCKS));
  }

  /**
   * Tells once more why an upload was refused that its client gave no other name than its id.
   *
   * @throws UploadRefusedException when it was, lately
   */
  public void checkNotRefused(String id) throws UploadRefusedException {
    context.refusals().check(id);
  }

  /**
   * The upload of that id, begun or finished; waited for where another node receives it.
   *
   * @throws BusyException when another node receives it still
   */
  public Optional<ResumableUpload> find(String id) {
    return arrivals.await(id);
  }

  /**
   * Lends the file of an upload that is not finished, as far as it has come.
   *
   * @param token the upload token's secret
   * @param identifier the name its client gave the file; null for any file of the token
   * @return empty when there is no such upload
   */
  public Optional<LocalFile> lend(String token, String identifier) throws IOException {
    Optional<ResumableUpload> upload =
        context.unfinished().all().stream()
            .filter(one -> one.info().token().equals(token))
            .filter(one -> identifier == null || one.info().identifier().equals(identifier))
            .filter(one -> !one.info().isPartial() && !one.isFinished())
            .findFirst();
    return upload.isPresent() ? Optional.of(upload.get().file().lend()) : Optional.empty();
  }

  /** Whether a token has uploads in chunks, begun or finished. */
  public boolean hasChunksOf(String token) {
    return context.table().hasChunksOf(token);
  }

  /** A token, though it be used up or expired since. */
  public Optional<UploadToken> token(String id) {
    return context.token(id);
  }

  /** The same as with {@link HeldUses#NONE}. */
  public ResumableUpload begin(UploadKey key, String filename, String address)
      throws IOException, TokenRefusedException {
    return begin(key, filename, address, HeldUses.NONE);
  }

  /**
   * The upload of that key; begun now, with a use of the token, if there is none yet.
   *
   * @param address where it comes from
   * @param held uses that may be its own, though the token has none that is free
   * @throws TokenRefusedException when no upload may begin with the token
   * @throws UploadRefusedException when such a file is not taken
   * @throws UploadLaterException when too many are unfinished
   */
  public ResumableUpload begin(UploadKey key, String filename, String address, HeldUses held)
      throws IOException, TokenRefusedException {
    return begin(key, () -> opening.begin(key, filename, address, held));
  }

  /**
   * The same of a file whose last chunk may be smaller than the others: it is a photo once {@link
   * #lastOf} has said how long it is.
   *
   * @param key with the size of as many chunks as it has, all as large as this one
   * @param chunk bytes of a chunk
   */
  public ResumableUpload beginNumbered(
      UploadKey key, long chunk, String filename, String address, HeldUses held)
      throws IOException, TokenRefusedException {
    long least = key.size() - chunk + 1;
    return begin(key, () -> opening.beginNumbered(key, least, filename, address, held));
  }

  /**
   * The key of a file of numbered chunks, by its last one: that of the file that waits for it, or
   * that has got it before. Where its bytes can be read twice, they are compared with those of
   * every stored file that it may be the last of: one that its client repeats, as it got no answer,
   * is never taken for that of another file which waits.
   *
   * @param unknown its key, but for the size
   * @param bytes the chunk
   * @throws UploadLaterException when those before it are not there, or are smaller, or when it
   *     cannot be told of which file it is
   * @throws UploadRefusedException when they differ from those of a file of that key which is
   *     stored
   */
  public UploadKey lastOf(UploadKey unknown, LastChunk last, ChunkFile bytes) throws IOException {
    List<ResumableUpload> stored = new ArrayList<>();
    List<ResumableUpload> waiting = new ArrayList<>();
    List<ResumableUpload> cut = new ArrayList<>();
    for (UploadInfo info : context.table().named(unknown, last)) {
      Optional<ResumableUpload> upload = find(info.id());
      if (upload.isEmpty()) {
        continue;
      }
      if (upload.get().isFinished()) {
        stored.add(upload.get());
      } else if (upload.get().offset() >= last.others(info)) {
        (info.isDeferred() ? waiting : cut).add(upload.get());
      }
    }
    List<ResumableUpload> same = last.ending(stored, bytes);
    return waiting.isEmpty()
        ? keyOf(cut.isEmpty() ? same : cut)
        : endWaiting(unknown, last, waiting, same);
  }

  /** Of several nobody could tell which it is. */
  private static UploadKey keyOf(List<ResumableUpload> found) throws UploadLaterException {
    if (found.size() != 1) {
      throw UploadLaterException.ofLostChunks();
    }
    return found.get(0).info().key();
  }

  private UploadKey endWaiting(
      UploadKey unknown, LastChunk last, List<ResumableUpload> waiting, List<ResumableUpload> same)
      throws IOException {
    ResumableUpload one = waiting.get(0);
    long there = last.others(one.info());
    UploadKey key = unknown.withSize(there + last.length());
    boolean isSure = same.stream().allMatch(stored -> stored.info().key().equals(key));
    if (waiting.size() > 1 || !isSure || !one.isAsOldAs(last.since())) {
      throw UploadLaterException.ofLostChunks();
    }
    endAs(one, key, there);
    return key;
  }

  /**
   * Says how long the file of an upload is whose last chunk comes. One of that key may be stored
   * already: where its bytes are the same, the last ones are to be compared with it, too.
   *
   * @param there how many bytes came before
   */
  private void endAs(ResumableUpload waiting, UploadKey key, long there) throws IOException {
    Optional<ResumableUpload> stored = context.table().finished(key).map(context::finished);
    if (stored.isEmpty() && waiting.mayBeOf(key)) {
      takePlace(waiting, key, there);
      declare(waiting, key.size());
    } else if (stored.isPresent() && waiting.beginsAs(stored.get(), there)) {
      remove(waiting);
    } else {
      throw waiting.blockedByStored();
    }
  }

  /**
   * Takes the place of an upload of the same file whose last chunk was cut off, as the visitor
   * loaded the page again and sent the chunks before it once more.
   */
  private void takePlace(ResumableUpload waiting, UploadKey key, long there) throws IOException {
    Optional<ResumableUpload> before = find(key);
    if (before.isEmpty()) {
      return;
    }
    if (!waiting.beginsAs(before.get(), there)) {
      throw UploadRefusedException.otherFileFirst();
    }
    if (!before.get().removeIfLeft(Instant.MAX)) {
      throw UploadLaterException.locked();
    }
  }

  /** Begins an upload. */
  @FunctionalInterface
  private interface Opener {
    ResumableUpload open() throws IOException, TokenRefusedException;
  }

  private ResumableUpload begin(UploadKey key, Opener opener)
      throws IOException, TokenRefusedException {
    if (context.pieces() != null) {
      arrivals.await(key, () -> findNow(key));
    }
    Lock lock = lock(key);
    lock.lock();
    try {
      Optional<ResumableUpload> before = context.unfinished().find(key);
      if (before.isPresent()) {
        before.get().settle();
      }
      Optional<ResumableUpload> begun = findNow(key);
      return begun.isPresent() ? begun.get() : opener.open();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins an upload that has only its id for a name, or gives the one that the client has already:
   * its answer may have been lost. That is the one with the same idempotency key; without a key,
   * and where no bytes come with the request, the one that the same client asked for just before,
   * to which no byte came yet and of which it said the same; and where the token has no free use,
   * such a one of any client. It has a new id then, and the one of before counts no more. Where the
   * token has no free use and bytes come with the request without a key, that is one to compare
   * them with, which may have become a photo in the last ten minutes.
   *
   * @throws TokenRefusedException when no upload may begin with the token
   * @throws UploadRefusedException when such a file is not taken, or the key is that of another
   * @throws UploadLaterException when too many are unfinished, or the one of that key is ending
   */
  public Created create(Creation creation, Sender sender)
      throws IOException, TokenRefusedException {
    return creations.create(creation, sender);
  }

  /**
   * Gives an upload again for which bytes have come, to a client that has brought the same: it has
   * a new id, and the one of before counts no more.
   *
   * @param there how many bytes the client has brought
   * @throws UploadLaterException when more are there by now, or come just now
   */
  public ResumableUpload giveAgain(
      ResumableUpload upload, long there, Creation creation, Sender sender) throws IOException {
    return handover.of(upload, there, creation, sender).orElseThrow(UploadLaterException::locked);
  }

  /**
   * Says how long the file of an upload is that was created without that.
   *
   * @param size bytes
   * @return the upload with that size, under the same id
   * @throws UploadRefusedException when it is empty, too large, or more bytes are there already
   * @throws UploadLaterException when another connection sends bytes of it
   */
  public ResumableUpload declare(ResumableUpload upload, long size) throws IOException {
    if (size == 0) {
      throw UploadRefusedException.empty();
    }
    if (size > upload.info().size()) {
      throw UploadRefusedException.tooLarge(upload.info().size());
    }
    upload.checkSize(size);
    return declare(upload, upload.info().declared(size));
  }

  /**
   * Says the name of the file of an upload that was created without one.
   *
   * @param filename the name it has with the visitor: data to show, never a path
   * @return the upload with that name, under the same id
   * @throws UploadLaterException when another connection sends bytes of it
   */
  public ResumableUpload name(ResumableUpload upload, String filename) throws IOException {
    return declare(upload, upload.info().named(filename));
  }

  private ResumableUpload declare(ResumableUpload upload, UploadInfo now) throws IOException {
    ResumableUpload declared = upload.declare(now).orElseThrow(UploadLaterException::locked);
    context.unfinished().replace(upload.info(), declared);
    return declared;
  }

  /**
   * Begins an upload that is only a part of another. It takes no use of the token, but needs one
   * that is free. Its idempotency key counts for nothing, as clients send one key with all parts.
   *
   * @param address where it comes from
   * @throws TokenRefusedException when no upload may begin with the token
   * @throws UploadRefusedException when such a file is not taken
   * @throws UploadLaterException when too many are unfinished
   */
  public ResumableUpload createPart(Creation creation, String address)
      throws IOException, TokenRefusedException {
    return opening.createPart(creation, address);
  }

  /**
   * Puts parts together to one file and makes its photo; a repeat gets what was made before.
   *
   * @param ids those of whole parts, all of the same token, in order, each once
   * @param metadata what the client says about it, in the client's form
   * @param address where the request comes from
   * @param callback the address that tells of the photo
   * @throws UploadRefusedException when a part is unknown, not whole, or of another token, or the
   *     file is not taken
   * @throws UploadLaterException when another request is at it
   */
  public ResumableUpload concatenate(
      String token,
      List<String> ids,
      String filename,
      String metadata,
      String address,
      Function<Photo, String> callback)
      throws IOException, TokenRefusedException {
    if (context.pieces() != null) {
      ids.forEach(arrivals::await);
    }
    return concatenations.concatenate(
        new Concatenations.Request(token, ids, filename, metadata, address), callback);
  }

  /**
   * Removes an unfinished upload for its client, and returns its use; false when it is finished.
   */
  public boolean remove(ResumableUpload upload) throws IOException {
    return upload.removeForClient();
  }

  /**
   * Removes the unfinished uploads of a file that the same client now sends under another name of
   * its own, as when a visitor has added it anew: they hold uses of the token which nobody comes
   * for. One that something came for in the last 5 seconds may be of another page. Where chunks
   * come one after the other, the sender may have another address by now, or have chosen another
   * file: whichever it was, an upload of those goes once nothing has come for 15 minutes. Those
   * that another node has are waited for once they are as old.
   *
   * @param key of what the client sends now
   * @param filename the name it has with the visitor
   * @return whether there was one
   */
  public boolean removeForgotten(UploadKey key, String filename, Sender who) throws IOException {
    return forgotten.remove(key, filename, who);
  }

  /**
   * The same of files that the client gives no name of its own, and of which it said the same.
   *
   * @param creation what the client asks for now
   * @return whether there was one
   */
  public boolean removeForgotten(Creation creation, Sender who) throws IOException {
    return forgotten.remove(creation, who);
  }

  /**
   * Removes an unfinished upload that nobody can go on with, as its request has failed. Where it
   * cannot be told yet whether it became a photo, that is left to the next sweep.
   */
  public void discard(ResumableUpload upload) {
    upload.discard();
  }

  /**
   * Removes what nothing came for any more and parts that can become no file any more, whatever the
   * wall clock shows.
   *
   * @return how many unfinished uploads there were
   */
  public int sweep() {
    int swept = 0;
    Instant now = context.clock().instant();
    for (ResumableUpload upload : context.unfinished().all()) {
      try {
        upload.settle();
        swept += upload.removeIfAbandoned(now) ? 1 : 0;
      } catch (IOException | RuntimeException e) {
        if (ends.isNews(e)) {
          LOG.warn(
              "An abandoned upload could not be removed: its end is tried again, or the next start"
                  + " sets its file aside",
              e);
        }
      }
    }
    return swept;
  }

  /**
   * Has the database tell how commits have ended of which nobody knows that, and deletes rows once
   * more that could not be deleted. What it cannot tell yet is asked again by the next call.
   *
   * @return how many uploads are in doubt no more
   */
  public int settle() {
    int settled = 0;
    for (ResumableUpload upload : context.unfinished().inDoubt()) {
      try {
        upload.settle();
        settled++;
      } catch (UnavailableException e) {
        LOG.debug("The database does not report the outcome of an upload yet", e);
        break;
      } catch (IOException | RuntimeException e) {
        LOG.warn("The outcome of an upload is not known yet", e);
      }
    }
    return settled;
  }

  /**
   * Forgets what was finished long ago: its client gets no answer any more.
   *
   * @param now the moment, by a clock that is believed
   * @return how many there were
   */
  public int forgetFinished(Instant now) {
    context.table().refused().sweep(now);
    return context.table().deleteFinishedBefore(now.minus(context.ttl()));
  }

  /**
   * Leaves every upload to the next service: after this no request that still runs changes a file
   * or a row, and none begins an upload.
   *
   * @throws StillAtWorkException when the disk keeps it from that
   */
  @Override
  public void close() {
    context.unfinished().close();
    LoopThread leaving = new LoopThread("slipway-leave-uploads", this::leave).start();
    if (!leaving.join(MOST_CLOSE)) {
      throw new StillAtWorkException("Uploads still wait for their disk");
    }
  }

  private boolean leave() {
    context.unfinished().all().forEach(ResumableUpload::leaveToTheNext);
    return false;
  }
}
