package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import slipway.photo.Photo;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** A client that sends a chunk of an upload. For one thread at a time. */
public final class ChunkSender {
  private final ResumableUpload upload;
  private final Contributors contributors;
  private final Waits waits;
  private final Coming chunk;
  private final Contributors.Visit page;

  /** What comes: from its first byte to before its end. */
  record Coming(Sender who, long first, long end) {}

  /**
   * What answers wait for.
   *
   * @param first the first chunk, where others may be gone: only a client that starts over sends it
   * @param end once every byte is there, that those who sent them are known to have one file
   */
  record Waits(SharedWait first, SharedWait end) {
    /** Says that bytes are gone. */
    void reset() {
      first.reset();
      end.reset();
    }

    /** Says that the upload has ended. */
    void stop() {
      first.end();
      end.end();
    }
  }

  ChunkSender(ResumableUpload upload, Contributors contributors, Waits waits, Coming chunk) {
    this.upload = upload;
    this.contributors = contributors;
    this.waits = waits;
    this.chunk = chunk;
    this.page = contributors.begins(chunk.who(), chunk.first());
    waits.first().news();
  }

  /**
   * Starts to take the chunk; close what is returned. Bytes that are there already are compared.
   *
   * @throws UploadLaterException when it cannot be taken now
   * @throws UploadRefusedException when the upload was refused
   */
  public Piece piece() throws IOException {
    return upload.piece(chunk.first(), chunk.end() - chunk.first());
  }

  /**
   * Says that the chunk has arrived whole; it is durable on return.
   *
   * @throws UploadRefusedException when fewer bytes arrived than were said to, or another file was
   *     begun before that clients may go on with
   */
  public void end(Piece piece) throws IOException {
    contributors.commits();
    try {
      piece.checkWhole();
      upload.checkBeginning(chunk.end());
      piece.end();
      contributors.came(page, chunk.first(), chunk.end());
    } finally {
      contributors.noted();
      waits.end().news();
    }
  }

  /**
   * Makes the photo once the file is whole; anyone who asks again gets the same. Where the file may
   * be of two clients, it waits up to 10 s for a chunk that shows whether they have the same one.
   * So long it waits for the first chunk, too, where chunks may be gone, and others overtook that.
   *
   * @param callback the address that describes the photo
   * @return empty while bytes are missing
   * @throws UploadLaterException when chunks that the client has sent may be gone, as it did not
   *     begin with the first
   * @throws UploadRefusedException when the file is not taken, chunks of two files came for it, its
   *     photo has been deleted, or the upload has been removed
   */
  public Optional<Photo> finish(Function<Photo, String> callback) throws IOException {
    return upload.info().isInOrder() ? finishInOrder(callback) : finishOnceSure(callback);
  }

  /** Bytes were taken only behind all others: nobody's are gone, and all are of one file. */
  private Optional<Photo> finishInOrder(Function<Photo, String> callback) throws IOException {
    Optional<Photo> photo = finishNow(callback);
    if (photo.isEmpty() && chunk.end() == upload.info().size() && !upload.info().isDeferred()) {
      throw UploadLaterException.ofLostChunks();
    }
    return photo;
  }

  private Optional<Photo> finishOnceSure(Function<Photo, String> callback) throws IOException {
    boolean wasWhole = upload.isWhole();
    Optional<Photo> photo = finishNow(callback);
    while (photo.isEmpty() && upload.isWhole()) {
      wasWhole = true;
      if (!waits.end().await(chunk.who())) {
        waits.end().end();
      }
      photo = finishNow(callback);
    }
    if (photo.isEmpty() && (wasWhole || !isBegun())) {
      throw UploadLaterException.ofLostChunks();
    }
    return photo;
  }

  private boolean isBegun() {
    waits.first().await(chunk.who());
    return contributors.isBegun();
  }

  /**
   * The same, but waits for nothing.
   *
   * @return empty while bytes are missing, or the end waits
   */
  public Optional<Photo> finishNow(Function<Photo, String> callback) throws IOException {
    boolean isSure = upload.info().isInOrder();
    Optional<Photo> photo = upload.finish(callback, () -> isSure || waits.end().isOver());
    if (photo.isPresent()) {
      waits.stop();
    }
    return photo;
  }
}
