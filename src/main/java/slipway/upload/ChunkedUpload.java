package slipway.upload;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import slipway.media.MediaType;
import slipway.media.PartialFile;
import slipway.photo.Photo;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.UploadRefusedException.Reason;

/**
 * One file that comes in pieces, in any order and several at a time, each written at its place in
 * one sparse file. What was accepted is durable: the bytes are flushed, then their ranges are
 * committed, pieces that wait at the same time together. It holds one use of its token until it is
 * finished, which it is exactly once, or removed. For many threads.
 */
public final class ChunkedUpload {
  /** Stretches with gaps between them: many more than browsers send at a time. */
  private static final int MOST_STRETCHES = 4096;

  private final ChunkedUploads uploads;
  private final UploadInfo info;
  private final UploadToken token;
  private final Rules rules;
  private final TokenUse use;
  private final PartialFile file;
  private final ByteRanges received;
  private final Set<ChunkWriter> writers = new HashSet<>();
  private final Object committing = new Object();
  private final Object finishing = new Object();
  private long version;
  private long durable;
  private boolean closed;
  private boolean removed;
  private boolean headSeen;
  private Instant touched;
  private volatile UploadRefusedException refusal;
  private volatile Long photoId;

  /**
   * An upload as its row says.
   *
   * @param token its token; null for one that is finished
   * @param use what it holds of its token; null for one that is finished or a part
   * @param rules what it has to keep to; null for one that is finished
   */
  ChunkedUpload(
      ChunkedUploads uploads, UploadTable.Row row, UploadToken token, TokenUse use, Rules rules) {
    this.uploads = uploads;
    this.info = row.info();
    this.received = row.received();
    this.photoId = row.photoId();
    this.touched = row.touched();
    this.token = token;
    this.use = use;
    this.rules = rules;
    this.file = uploads.media().partial(info.mediaName());
  }

  /** What it is. */
  public UploadInfo info() {
    return info;
  }

  /**
   * Its token, though it be used up, expired or, unless the upload was finished before, revoked.
   */
  public Optional<UploadToken> token() {
    return token == null ? uploads.token(info.token()) : Optional.of(token);
  }

  /** When it is removed if nothing more comes; empty once it is finished. */
  public synchronized Optional<Instant> expires() {
    return photoId == null ? Optional.of(touched.plus(uploads.ttl())) : Optional.empty();
  }

  /** Whether it has become a photo. */
  public boolean isFinished() {
    return photoId != null;
  }

  /** Whether these bytes are there, for sure. */
  public boolean has(long first, long length) throws IOException {
    if (isFinished()) {
      return true;
    }
    synchronized (this) {
      if (closed || !received.covers(first, first + length)) {
        return false;
      }
    }
    commit();
    return true;
  }

  /** How many bytes are there from the start on without a gap. */
  public synchronized long offset() {
    return isFinished() ? info.size() : received.prefix();
  }

  /**
   * Starts to receive a stretch, as one of several; close what is returned.
   *
   * @throws UploadLaterException when it cannot be taken now
   */
  public ChunkWriter chunk(long first, long length) throws IOException {
    return open(first, length, false);
  }

  /**
   * Starts to receive what follows, as the only connection; close what is returned.
   *
   * @param length bytes at most
   * @param asItComes whether what came counts when another connection takes over
   * @throws OffsetException when it does not begin where the bytes that are there end
   * @throws UploadLaterException when another connection is at it
   */
  public synchronized ChunkWriter append(long first, long length, boolean asItComes)
      throws IOException {
    if (!writers.isEmpty()) {
      throw UploadLaterException.locked();
    }
    if (first != offset()) {
      throw new OffsetException(offset());
    }
    return open(first, length, asItComes);
  }

  private synchronized ChunkWriter open(long first, long length, boolean asItComes)
      throws IOException {
    checkOpen();
    if (first < 0 || length < 0 || length > info.size() - first) {
      throw UploadRefusedException.lie("These bytes lie outside of the file.");
    }
    if (received.count() > MOST_STRETCHES) {
      throw new UploadLaterException(
          UploadLaterException.Reason.TOO_MANY_GAPS,
          "The pieces leave too many gaps; send those that are missing first.");
    }
    uploads.disk().claim(info.token(), length);
    ChunkWriter writer = null;
    try {
      writer = new ChunkWriter(this, file.writeFrom(first), first, length, asItComes);
      writers.add(writer);
      return writer;
    } finally {
      if (writer == null) {
        uploads.disk().release(info.token(), length);
      }
    }
  }

  private void checkOpen() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (closed || isFinished()) {
      throw UploadLaterException.locked();
    }
  }

  /** Ends what other connections send; what they sent as it comes is received. */
  public void takeOver() throws IOException {
    stopWriters();
    commit();
  }

  private void stopWriters() throws IOException {
    List<ChunkWriter> running;
    synchronized (this) {
      running = List.copyOf(writers);
      writers.clear();
    }
    for (ChunkWriter writer : running) {
      writer.stop();
      uploads.disk().release(info.token(), writer.length());
    }
  }

  void leave(ChunkWriter writer) throws IOException {
    synchronized (this) {
      touched = uploads.now();
      if (!writers.remove(writer)) {
        return;
      }
      uploads.disk().release(info.token(), writer.length());
      if (writers.isEmpty() && !closed && file.size() > received.end()) {
        file.truncate(received.end());
      }
    }
  }

  void received(long first, long end) throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      uploads.disk().add(info.token(), received.add(first, end));
      version++;
    }
    lookAtHead(offset());
  }

  /** Makes all that is received durable; who comes while that is done shares the next flush. */
  void commit() throws IOException {
    long wanted;
    synchronized (this) {
      wanted = version;
    }
    synchronized (committing) {
      if (durable >= wanted) {
        return;
      }
      String ranges;
      long taken;
      synchronized (this) {
        if (closed) {
          return;
        }
        ranges = received.toString();
        taken = version;
        touched = uploads.now();
      }
      file.sync();
      uploads.table().received(info.id(), ranges);
      durable = taken;
    }
  }

  /**
   * Looks at the file's type once enough of its start is there.
   *
   * @param end how many bytes are there from the start on
   */
  void lookAtHead(long end) throws IOException {
    synchronized (this) {
      if (headSeen || info.isPartial() || end < Math.min(MediaType.HEAD_BYTES, info.size())) {
        return;
      }
      headSeen = true;
    }
    checkType();
  }

  private String checkType() throws IOException {
    String type = MediaType.detect(file.head(MediaType.HEAD_BYTES));
    try {
      rules.checkType(type);
      return type;
    } catch (UploadRefusedException e) {
      refuse(e);
      throw e;
    }
  }

  /** Ends the upload for good; later pieces get the same refusal. */
  public void refuse(UploadRefusedException why) throws IOException {
    refusal = why;
    uploads.refuse(this, why);
  }

  /**
   * Makes the photo once the file is whole; whoever asks again gets the same.
   *
   * @param callback the address that tells of the photo
   * @return empty while bytes are missing, and for a part
   * @throws UploadRefusedException when the file is not taken, or its photo has been deleted
   */
  public Optional<Photo> finish(Function<Photo, String> callback) throws IOException {
    synchronized (finishing) {
      if (photoId != null) {
        return Optional.of(uploads.photo(photoId));
      }
      if (refusal != null) {
        throw refusal;
      }
      if (removed || info.isPartial() || !close()) {
        return Optional.empty();
      }
      try {
        stopWriters();
        return Optional.of(complete(callback));
      } finally {
        synchronized (this) {
          closed = photoId != null || refusal != null;
        }
      }
    }
  }

  /** Lets no more bytes in if the file is whole. */
  private synchronized boolean close() {
    closed = closed || received.covers(0, info.size());
    return closed && received.covers(0, info.size());
  }

  private Photo complete(Function<Photo, String> callback) throws IOException {
    // A writer that was stopped may have written over what was looked at before.
    Received whole = new Received(file, info.filename(), checkType(), info.size());
    Photo photo =
        uploads
            .completion()
            .complete(
                use,
                whole,
                new Submission(
                    info.identifier(),
                    null,
                    (tx, made) -> uploads.table().finish(tx, info.id(), made.photoId()),
                    callback));
    photoId = photo.photoId();
    uploads.finished(this);
    return photo;
  }

  /** Whether it has to go, as nothing came for too long. */
  synchronized boolean isAbandoned(Instant now) {
    return writers.isEmpty() && !closed && touched.plus(uploads.ttl()).isBefore(now);
  }

  /** Removes bytes and row, and returns the use; false when it is finished. */
  boolean discard() throws IOException {
    synchronized (finishing) {
      if (photoId != null) {
        return false;
      }
      if (removed) {
        return true;
      }
      removed = true;
      synchronized (this) {
        closed = true;
      }
      stopWriters();
      synchronized (committing) {
        uploads.table().delete(info.id());
      }
      file.delete();
      uploads.disk().release(info.token(), onDisk());
      if (use != null) {
        use.close();
      }
      return true;
    }
  }

  synchronized long onDisk() {
    return received.total();
  }

  PartialFile file() {
    return file;
  }

  /** Whether it is a part that is whole. */
  synchronized boolean isWholePart() {
    return info.isPartial() && !closed && received.covers(0, info.size());
  }

  /** What is wrong with a file that holds nothing. */
  static UploadRefusedException empty() {
    return new UploadRefusedException(Reason.NO_FILE, "The file is empty.");
  }
}
