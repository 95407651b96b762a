package slipway.upload.resumable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import slipway.upload.UploadLaterException;

/** The uploads that are not finished yet, in memory. For many threads. */
final class UnfinishedUploads {
  private final ConcurrentMap<UploadKey, ResumableUpload> byKey = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ResumableUpload> byId = new ConcurrentHashMap<>();

  private final EarlyQuestions early = new EarlyQuestions();

  /** Those of an address that wait for a first chunk are the window of one client. */
  private final WaitingSenders forFirst = new WaitingSenders(32, 8);

  private final WaitingSenders forEnd = new WaitingSenders(32, 4);
  private final Duration wait;
  private final OpenCounts counts;
  private final EndedUploads ended;
  private volatile boolean isClosed;

  /** None yet; that many of an address, 0 for no limit. */
  UnfinishedUploads(int mostPerAddress, Instant now) {
    this(mostPerAddress, now, SharedWait.MOST);
  }

  /** The same, with another time that chunks may wait. */
  UnfinishedUploads(int mostPerAddress, Instant now, Duration wait) {
    this.wait = wait;
    this.counts = new OpenCounts(mostPerAddress);
    this.ended = new EndedUploads(now);
  }

  /** Who asked for chunks of those that have not begun. */
  EarlyQuestions early() {
    return early;
  }

  /** Those that have ended. */
  EndedUploads ended() {
    return ended;
  }

  /** What chunks of an upload that begins may wait for. */
  ChunkSender.Waits waitsOf(Contributors contributors) {
    return new ChunkSender.Waits(
        waitFor(contributors::isBegun, forFirst), waitFor(contributors::areOfOneFile, forEnd));
  }

  private SharedWait waitFor(BooleanSupplier isMet, WaitingSenders all) {
    return new SharedWait(isMet, all, wait, System::nanoTime);
  }

  /** Counts them. */
  OpenCounts counts() {
    return counts;
  }

  /**
   * Adds one that is counted.
   *
   * @throws UploadLaterException when it comes after the end
   */
  void add(ResumableUpload upload) throws UploadLaterException {
    byId.put(upload.info().id(), upload);
    if (isClosed) {
      // Looked at once it is there, so that anyone who closes sees it, or this sees the end.
      byId.remove(upload.info().id());
      throw UploadLaterException.locked();
    }
    byKey.put(upload.info().key(), upload);
  }

  /**
   * Puts one in the place of another, whose count becomes its own.
   *
   * @throws UploadLaterException when it comes after the end
   */
  void replace(UploadInfo before, ResumableUpload upload) throws UploadLaterException {
    counts.replace(before, upload.info());
    byKey.remove(before.key());
    byId.remove(before.id());
    add(upload);
  }

  /** Accepts nothing more. */
  void close() {
    isClosed = true;
  }

  /**
   * Looks whether uploads may begin.
   *
   * @throws UploadLaterException after the end
   */
  void checkOpen() throws UploadLaterException {
    if (isClosed) {
      throw UploadLaterException.locked();
    }
  }

  void remove(UploadInfo info) {
    // Another may have begun under the same key meanwhile.
    byKey.computeIfPresent(info.key(), (key, one) -> one.info().equals(info) ? null : one);
    byId.remove(info.id());
    counts.leave(info);
  }

  Optional<ResumableUpload> find(UploadKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  Optional<ResumableUpload> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The one of a row, which may have another id while that is in doubt. */
  Optional<ResumableUpload> find(UploadInfo row) {
    return find(row.id())
        .or(
            () ->
                byId.values().stream()
                    .filter(upload -> upload.info().mediaName().equals(row.mediaName()))
                    .findFirst());
  }

  /** Those of which nobody knows yet how a commit has ended. */
  List<ResumableUpload> inDoubt() {
    return byId.values().stream().filter(ResumableUpload::isInDoubt).toList();
  }

  /** What parts of a token are being concatenated into. */
  Optional<ResumableUpload> findConcat(String token, String concat) {
    return byId.values().stream()
        .filter(upload -> upload.info().concat().equals(concat))
        .filter(upload -> upload.info().token().equals(token))
        .findFirst();
  }

  Collection<ResumableUpload> all() {
    return byId.values();
  }
}
