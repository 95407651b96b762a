package slipway.upload;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import slipway.media.PartialFile;
import slipway.photo.Photo;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.UploadRefusedException.Reason;

/**
 * One file that comes in pieces, in any order and several at a time, each written at its place in
 * one sparse file. What was accepted is durable. It holds one use of its token until it is
 * finished, which it is exactly once, or removed. For many threads.
 */
public final class ChunkedUpload {
  private final ChunkedUploads uploads;
  private final UploadInfo info;
  private final UploadToken token;
  private final TokenUse use;
  private final PartialFile file;
  private final ReceivedBytes received;
  private final Writers writers;
  private final TypeCheck type;
  private final Object finishing = new Object();
  private boolean removed;
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
    this.photoId = row.photoId();
    this.token = token;
    this.use = use;
    this.file = uploads.media().partial(info.mediaName());
    this.received = new ReceivedBytes(row, file, uploads.table(), uploads.disk(), uploads.clock());
    this.writers = new Writers(info, file, received, uploads.disk());
    this.type = new TypeCheck(file, rules, info.size());
  }

  /** What it is. */
  public UploadInfo info() {
    return info;
  }

  /** Its token, though it be used up, expired or revoked. */
  public Optional<UploadToken> token() {
    return token == null ? uploads.tokenOfFinished(info.token()) : Optional.of(token);
  }

  /** When it is removed if nothing more comes; empty once it is finished. */
  public Optional<Instant> expires() {
    return isFinished() ? Optional.empty() : Optional.of(received.touched().plus(uploads.ttl()));
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
    if (!received.covers(first, first + length)) {
      return false;
    }
    received.commit();
    return true;
  }

  /** How many bytes are there from the start on without a gap. */
  public long offset() {
    return isFinished() ? info.size() : received.prefix();
  }

  /**
   * Starts to receive a stretch, as one of several; close what is returned.
   *
   * @throws UploadLaterException when it cannot be taken now
   */
  public ChunkWriter chunk(long first, long length) throws IOException {
    checkNotEnded();
    return writers.open(this, first, length, false);
  }

  /**
   * Starts to receive what follows, as the only connection; close what is returned.
   *
   * @param length bytes at most
   * @param asItComes whether what came counts when another connection takes over
   * @throws OffsetException when it does not begin where the bytes that are there end
   * @throws UploadLaterException when another connection is at it
   */
  public ChunkWriter append(long first, long length, boolean asItComes) throws IOException {
    checkNotEnded();
    return writers.append(this, first, length, asItComes);
  }

  private void checkNotEnded() throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    if (isFinished()) {
      throw UploadLaterException.locked();
    }
  }

  /** Ends what other connections send; what they sent as it comes is received. */
  public void takeOver() throws IOException {
    writers.stop();
    lookAtHead(offset());
    received.commit();
  }

  void leave(ChunkWriter writer) throws IOException {
    writers.leave(writer);
  }

  /** Counts bytes as received, which are durable on return. */
  void accept(long first, long end) throws IOException {
    received.add(first, end);
    lookAtHead(offset());
    received.commit();
  }

  /** Counts bytes as received. */
  void received(long first, long end) {
    received.add(first, end);
  }

  /**
   * Looks at the file's type once enough of its start is there.
   *
   * @param end how many bytes are there from the start on
   */
  void lookAtHead(long end) throws IOException {
    if (!info.isPartial() && !isFinished() && type.isDue(end)) {
      checkType();
    }
  }

  private String checkType() throws IOException {
    try {
      return type.check();
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
      if (removed || info.isPartial() || !received.isWhole()) {
        return Optional.empty();
      }
      received.close();
      try {
        writers.stop();
        return Optional.of(complete(callback));
      } finally {
        if (photoId == null && refusal == null) {
          received.reopen();
        }
      }
    }
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
  boolean isAbandoned(Instant now) {
    return writers.isEmpty()
        && !received.isClosed()
        && received.touched().plus(uploads.ttl()).isBefore(now);
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
      received.close();
      writers.stop();
      uploads.table().delete(info.id());
      file.delete();
      uploads.disk().release(info.token(), onDisk());
      if (use != null) {
        use.close();
      }
      return true;
    }
  }

  /** Bytes that were received. */
  long onDisk() {
    return received.total();
  }

  PartialFile file() {
    return file;
  }

  /** Whether it is a part that is whole. */
  boolean isWholePart() {
    return info.isPartial() && received.covers(0, info.size());
  }

  /** What is wrong with a file that holds nothing. */
  static UploadRefusedException empty() {
    return new UploadRefusedException(Reason.NO_FILE, "The file is empty.");
  }
}
