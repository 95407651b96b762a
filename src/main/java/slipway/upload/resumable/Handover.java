package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;

/**
 * Gives an upload another address, and with it all that the upload has: row, file, bytes and use.
 * The old address leads nowhere from then on, so that an upload is never that of two clients: who
 * asks for it again never saw the answer that told it, or is another client.
 */
final class Handover {
  private final UploadContext context;

  Handover(UploadContext context) {
    this.context = context;
  }

  /**
   * The upload under its new address.
   *
   * @param most how many bytes may be there
   * @param creation what it is given for
   * @return empty when more bytes are there, somebody sends some, or it has ended
   */
  Optional<ResumableUpload> of(ResumableUpload earlier, long most, Creation creation, Sender sender)
      throws IOException {
    UploadInfo info = earlier.info().withId(UploadOpening.randomId());
    String key = creation.idempotencyKey();
    Optional<ResumableUpload> given = earlier.handOver(most, info, key);
    if (given.isPresent()) {
      context.unfinished().replace(earlier.info(), given.get());
      return given.map(upload -> key == null ? upload.createdBy(sender) : upload);
    }
    return given;
  }
}
