package slipway.upload;

import java.io.IOException;
import java.util.Optional;
import slipway.details.Details;
import slipway.license.License;
import slipway.media.LocalFile;
import slipway.media.Spool;
import slipway.multipart.Part;
import slipway.photo.Photo;

/**
 * One file that a site's own server sends, without a token. Closed before it is finished, it leaves
 * nothing.
 */
public final class DirectUpload implements AutoCloseable {
  private final Spool spool;
  private final Completion completion;
  private final FileRules rules;
  private final UploadRoom room;
  private FileReceiver reception;

  /**
   * Begins an upload; close it.
   *
   * @param spool where the file comes in
   * @param completion makes the photo of it
   * @param rules which files are taken
   * @param room where the bytes that come in are counted
   * @param length bytes of the whole request; -1 when it is not known
   */
  public DirectUpload(
      Spool spool, Completion completion, FileRules rules, IncomingRoom room, long length) {
    this.spool = spool;
    this.completion = completion;
    this.rules = rules;
    this.room = room.ofKnown(length);
  }

  /**
   * Receives the file, as it streams in.
   *
   * @return its bytes
   * @throws UploadRefusedException when it is not taken
   * @throws UploadLaterException when there is no room for it now
   * @throws IOException when the sender is gone, or the file cannot be stored
   */
  public long file(Part part) throws IOException {
    if (reception != null) {
      throw UploadRefusedException.tooManyFiles();
    }
    room.checkLength();
    reception = new FileReceiver(spool.receive(), rules, room, part.filename());
    part.copyTo(reception);
    reception.end();
    return reception.received().size();
  }

  /**
   * Makes a photo of the file: when this returns, both are durable.
   *
   * @param license what others may do with it
   * @throws UploadRefusedException when no file arrived
   */
  public Photo add(Details details, License license) throws IOException {
    return completion.add(received(), details, license);
  }

  /**
   * Replaces the file of an existing photo by this one.
   *
   * @throws UploadRefusedException when no file arrived, or there is no such photo
   */
  public Photo replace(long photoId) throws IOException {
    return completion.replace(photoId, received());
  }

  /** The MIME type by content of the file that arrived; empty when none came. */
  public Optional<String> type() {
    return Optional.ofNullable(reception).map(came -> came.received().type());
  }

  /** Lends the file that arrived, which exists until this is closed. */
  public LocalFile lend() throws UploadRefusedException {
    received();
    return reception.lend();
  }

  private Received received() throws UploadRefusedException {
    if (reception == null) {
      throw UploadRefusedException.noFile();
    }
    return reception.received();
  }

  @Override
  public void close() throws IOException {
    try (room) {
      if (reception != null) {
        reception.close();
      }
    }
  }
}
