package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import slipway.http.limit.RequestMemory;
import slipway.multipart.Part;
import slipway.upload.UploadRefusedException;

/** The one file of a form that is no photo and small enough to be held, in counted memory. */
final class SmallFile {
  private final RequestMemory.Lease memory;
  private final int most;
  private byte[] bytes;

  /**
   * One of a request.
   *
   * @param most bytes it may have
   */
  SmallFile(HttpServletRequest request, int most) {
    this.memory = RequestMemory.of(request);
    this.most = most;
  }

  /**
   * Reads it.
   *
   * @return its bytes
   * @throws UploadRefusedException when it is too large or the second
   * @throws slipway.http.limit.MemoryFullException when there is no memory for it now
   */
  long read(Part file) throws IOException {
    if (bytes != null) {
      throw UploadRefusedException.tooManyFiles();
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[8 * 1024];
    InputStream body = file.body();
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      if (count > most - read.size()) {
        throw UploadRefusedException.tooLarge(most);
      }
      memory.takeBody(count);
      read.write(piece, 0, count);
    }
    bytes = read.toByteArray();
    return bytes.length;
  }

  /**
   * The file.
   *
   * @throws UploadRefusedException when none came, or an empty one
   */
  byte[] bytes() throws UploadRefusedException {
    if (bytes == null) {
      throw UploadRefusedException.noFile();
    }
    if (bytes.length == 0) {
      throw UploadRefusedException.empty();
    }
    return bytes;
  }
}
