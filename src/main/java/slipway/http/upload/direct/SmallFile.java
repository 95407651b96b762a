package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.limit.MemoryFullException;
import slipway.http.limit.RequestMemory;
import slipway.http.upload.UploadParameters;
import slipway.multipart.Part;

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
   * @throws ApiException when it is too large or the second, or there is no memory for it now
   */
  long read(Part file) throws IOException, ApiException {
    if (bytes != null) {
      throw new ApiException(ErrorCode.INVALID_INPUT, "Please upload one file at a time.");
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[8 * 1024];
    InputStream body = file.body();
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      if (count > most - read.size()) {
        throw new ApiException(
            ErrorCode.TOO_LARGE, "The file is too large: at most " + most + " bytes.");
      }
      take(count);
      read.write(piece, 0, count);
    }
    bytes = read.toByteArray();
    return bytes.length;
  }

  private void take(int count) throws ApiException {
    try {
      memory.takeBody(count);
    } catch (MemoryFullException e) {
      throw ApiException.busy();
    }
  }

  /**
   * The file.
   *
   * @throws ApiException when none came, or an empty one
   */
  byte[] bytes() throws ApiException {
    if (bytes == null) {
      throw new ApiException(
          ErrorCode.NO_FILE,
          "The parameter '"
              + UploadParameters.FILE.name()
              + "' is required: one file of a multipart form.");
    }
    if (bytes.length == 0) {
      throw new ApiException(ErrorCode.NO_FILE, "The file is empty.");
    }
    return bytes;
  }
}
