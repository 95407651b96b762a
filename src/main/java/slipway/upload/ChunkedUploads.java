package slipway.upload;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.token.KeptToken;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * The uploads that come in pieces. The unfinished ones are in memory, and in the database to
 * survive a restart, with the uses of their tokens; the finished ones stay answerable for a while.
 */
public final class ChunkedUploads {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkedUploads.class);

  /** Uploads in pieces of one token at a time; parts of uploads hold no use of it. */
  private static final int MOST_PER_TOKEN = 200;

  /**
   * How long and how large uploads may be while they are unfinished.
   *
   * @param ttl how long one stays after the last byte came, and a finished one is answered for
   * @param tokenBytes all those of one token
   * @param totalBytes all there are
   */
  public record Limits(Duration ttl, long tokenBytes, long totalBytes) {}

  private final UnfinishedUploads unfinished = new UnfinishedUploads();
  private final Refusals refusals = new Refusals();
  private final Object[] locks = new Object[64];
  private final UploadTable table;
  private final TokenRegistry tokens;
  private final MediaStore media;
  private final Photos photos;
  private final Completion completion;
  private final Rules rules;
  private final Limits limits;
  private final DiskUse disk;
  private final Clock clock;

  /** With these parts; {@link #restore} brings back what a restart interrupted. */
  public ChunkedUploads(
      UploadTable table,
      TokenRegistry tokens,
      MediaStore media,
      Photos photos,
      Completion completion,
      Rules rules,
      Limits limits,
      Clock clock) {
    this.table = table;
    this.tokens = tokens;
    this.media = media;
    this.photos = photos;
    this.completion = completion;
    this.rules = rules;
    this.limits = limits;
    this.disk = new DiskUse(limits.tokenBytes(), limits.totalBytes());
    this.clock = clock;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
    }
  }

  /** Brings back the unfinished uploads and takes their uses again. For the start. */
  public void restore() throws IOException {
    for (UploadTable.Row row : table.unfinished()) {
      if (!restore(row)) {
        LOG.warn("An unfinished upload was dropped: its token or its bytes are gone");
        table.delete(row.info().id());
        media.partial(row.info().mediaName()).delete();
      }
    }
  }

  private boolean restore(UploadTable.Row row) throws IOException {
    UploadInfo info = row.info();
    Optional<UploadToken> token = token(info.token());
    boolean wasPutTogether = !info.concat().isEmpty() && !info.isPartial();
    boolean lost = media.partial(info.mediaName()).size() < row.received().end();
    if (token.isEmpty() || wasPutTogether || lost) {
      return false;
    }
    Optional<TokenUse> use = info.isPartial() ? Optional.empty() : tokens.resume(info.token());
    if (use.isEmpty() && !info.isPartial()) {
      return false;
    }
    Rules its = rules.within(token.get().limits());
    ChunkedUpload upload = new ChunkedUpload(this, row, token.get(), use.orElse(null), its);
    disk.add(info.token(), upload.onDisk());
    unfinished.add(upload);
    return true;
  }

  /**
   * The upload of that key, begun or finished.
   *
   * @throws UploadRefusedException when it was refused
   */
  public Optional<ChunkedUpload> find(UploadKey key) throws UploadRefusedException {
    refusals.check(key);
    return unfinished.find(key).or(() -> table.finished(key).map(this::finished));
  }

  /** The upload of that id, begun or finished. */
  public Optional<ChunkedUpload> find(String id) {
    return unfinished.find(id).or(() -> table.finished(id).map(this::finished));
  }

  private ChunkedUpload finished(UploadTable.Row row) {
    return new ChunkedUpload(this, row, null, null, null);
  }

  /**
   * The upload of that key; begun now, with a use of the token, if there is none yet.
   *
   * @throws TokenRefusedException when no upload may begin with the token
   * @throws UploadRefusedException when such a file is not taken
   */
  public ChunkedUpload begin(UploadKey key, String filename)
      throws IOException, TokenRefusedException {
    synchronized (locks[Math.floorMod(key.hashCode(), locks.length)]) {
      Optional<ChunkedUpload> begun = find(key);
      return begun.isPresent()
          ? begun.get()
          : start(tokens.reserve(key.token()), key.identifier(), key.size(), filename, "", "");
    }
  }

  /**
   * Begins an upload that has only its id for a name.
   *
   * @param metadata what the client says about it, in the client's form
   * @param partial whether it is only a part of another; a part takes no use of the token
   */
  public ChunkedUpload create(
      String token, long size, String filename, String metadata, boolean partial)
      throws IOException, TokenRefusedException {
    Optional<UploadToken> alive = partial ? tokens.find(token) : Optional.empty();
    if (alive.isPresent()) {
      return start(alive.get(), null, null, size, filename, metadata, UploadInfo.PARTIAL);
    }
    String concat = partial ? UploadInfo.PARTIAL : "";
    return start(tokens.reserve(token), null, size, filename, metadata, concat);
  }

  private ChunkedUpload start(
      TokenUse use, String identifier, long size, String filename, String metadata, String concat)
      throws IOException {
    ChunkedUpload started = null;
    try {
      started = start(use.token(), use, identifier, size, filename, metadata, concat);
      return started;
    } finally {
      if (started == null) {
        use.close();
      }
    }
  }

  private ChunkedUpload start(
      UploadToken of,
      TokenUse use,
      String identifier,
      long size,
      String filename,
      String metadata,
      String concat)
      throws IOException {
    String token = of.id();
    Rules its = rules.within(of.limits());
    check(token, size, its);
    String id = randomId();
    UploadInfo info =
        new UploadInfo(
            id,
            token,
            identifier == null ? id : identifier,
            size,
            filename,
            media.receiveInParts().name(),
            metadata,
            concat);
    table.insert(info);
    UploadTable.Row row = new UploadTable.Row(info, new ByteRanges(), null, clock.instant());
    ChunkedUpload started = new ChunkedUpload(this, row, of, use, its);
    unfinished.add(started);
    return started;
  }

  private void check(String token, long size, Rules its) throws IOException {
    if (size == 0) {
      throw ChunkedUpload.empty();
    }
    its.checkSize(size);
    if (!disk.fits(size)) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.TOO_LARGE,
          "The file is too large to be uploaded in pieces.");
    }
    if (unfinished.count(token) >= MOST_PER_TOKEN) {
      throw new UploadLaterException(
          UploadLaterException.Reason.NO_ROOM, "Too many uploads are unfinished; finish some.");
    }
  }

  /**
   * Puts parts together to one file and makes its photo.
   *
   * @param ids those of whole parts, all of the same token, in order; one may be there twice
   * @param metadata what the client says about it, in the client's form
   * @param callback the address that tells of the photo
   * @throws UploadRefusedException when a part is unknown, not whole, or of another token, or the
   *     file is not taken
   */
  public ChunkedUpload concatenate(
      String token,
      List<String> ids,
      String filename,
      String metadata,
      Function<Photo, String> callback)
      throws IOException, TokenRefusedException {
    Concatenation parts = Concatenation.of(token, ids, unfinished);
    // The parts began in time, so that the token may have expired since.
    Optional<TokenUse> again = tokens.resume(token);
    TokenUse use = again.isPresent() ? again.get() : tokens.reserve(token);
    ChunkedUpload whole = start(use, null, parts.size(), filename, metadata, String.join(" ", ids));
    try {
      parts.appendTo(whole, disk);
      whole.finish(callback);
    } finally {
      if (!whole.isFinished()) {
        remove(whole);
      }
    }
    for (ChunkedUpload part : parts.parts()) {
      remove(part);
    }
    return whole;
  }

  /** Removes an unfinished upload, and returns its use; false when it is finished. */
  public boolean remove(ChunkedUpload upload) throws IOException {
    boolean removed = upload.discard();
    if (removed) {
      unfinished.remove(upload);
    }
    return removed;
  }

  /**
   * Removes what nothing came for any more, and forgets what was finished long ago.
   *
   * @return how many unfinished uploads there were
   */
  public int sweep() {
    int swept = 0;
    Instant now = clock.instant();
    for (ChunkedUpload upload : unfinished.all()) {
      try {
        swept += upload.isAbandoned(now) && remove(upload) ? 1 : 0;
      } catch (IOException e) {
        LOG.warn("An abandoned upload could not be removed; will try again", e);
      }
    }
    table.deleteFinishedBefore(limits.ttl());
    return swept;
  }

  void refuse(ChunkedUpload upload, UploadRefusedException why) throws IOException {
    refusals.add(upload.info().key(), why);
    remove(upload);
  }

  void finished(ChunkedUpload upload) {
    disk.release(upload.info().token(), upload.onDisk());
    unfinished.remove(upload);
  }

  Photo photo(long photoId) throws UploadRefusedException {
    return photos.find(photoId).orElseThrow(UploadRefusedException::photoIsGone);
  }

  /** A token, though it be used up or expired since. */
  public Optional<UploadToken> token(String id) {
    return tokens.find(id).or(() -> tokens.recall(id).map(KeptToken::token));
  }

  /** A token, though it be revoked since: a finished upload is answered for all the same. */
  Optional<UploadToken> tokenOfFinished(String id) {
    return tokens.find(id).or(() -> tokens.recallEvenRevoked(id).map(KeptToken::token));
  }

  private static String randomId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  Clock clock() {
    return clock;
  }

  Duration ttl() {
    return limits.ttl();
  }

  UploadTable table() {
    return table;
  }

  MediaStore media() {
    return media;
  }

  Completion completion() {
    return completion;
  }

  DiskUse disk() {
    return disk;
  }
}
