package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import slipway.photo.Photo;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** A client that sends an upload in chunks, as one request knows it. For one thread at a time. */
public final class ChunkSender {
  private final ResumableUpload upload;
  private final Vouched vouched;
  private final Sender who;
  private ChunkSession session;
  private ChunkClaim chunk;
  private boolean wasWhole = true;

  ChunkSender(ResumableUpload upload, Vouched vouched, Sender who) {
    this.upload = upload;
    this.vouched = vouched;
    this.who = who;
    this.session = vouched.of(who);
  }

  /**
   * Starts to take a chunk; close what is returned. Bytes that are there already are compared.
   *
   * @throws UploadLaterException when it cannot be taken now
   * @throws UploadRefusedException when the upload was refused
   */
  public Piece piece(long first, long length) throws IOException {
    chunk = vouched.claim(who, first, first + length);
    session = chunk.session();
    wasWhole = upload.isWhole();
    return upload.piece(first, length);
  }

  /** Says that the chunk has come whole: its bytes are those of this client's file. */
  public void sent() {
    vouched.sent(chunk);
  }

  /**
   * Makes the photo once the file is whole and every byte can be this client's; whoever asks again
   * gets the same. Where another client's chunk is still to be compared, that is waited for, 2 s at
   * most.
   *
   * @param callback the address that tells of the photo
   * @return empty while bytes are missing, or the client is sure to send more
   * @throws UploadLaterException when every byte is there, some may be another's, and the client
   *     may have sent all of its own: it must not take the file for stored, and what it sends anew
   *     is compared
   * @throws UploadRefusedException when the file is not taken, chunks of two files came for it, its
   *     photo has been deleted, or the upload has been removed
   */
  public Optional<Photo> finish(Function<Photo, String> callback) throws IOException {
    if (upload.isWhole()) {
      vouched.awaitOthers(session);
    }
    Optional<Photo> photo = upload.finish(callback, () -> vouched.canBeAllOf(session));
    if (photo.isPresent()) {
      vouched.end();
    } else if (upload.isWhole() && !goesOn()) {
      throw UploadLaterException.ofTwoClients();
    } else if (!upload.isWhole() && vouched.hasLost(session)) {
      throw UploadLaterException.ofLostChunks();
    }
    return photo;
  }

  private boolean goesOn() {
    return chunk == null ? vouched.goesOn(session) : vouched.goesOn(chunk, !wasWhole);
  }
}
