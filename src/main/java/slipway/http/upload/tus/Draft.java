package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import slipway.http.ApiException;
import slipway.http.ErrorCode;

/**
 * How the IETF's draft "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload) differs
 * from tus: the revisions 03, of interop version 5, and 05, of interop version 6, as released
 * clients speak them. A client says with each request whether it brings the file's last byte, need
 * not give the length of the file, and gets the outcome of the upload as the answer to the last
 * request. The draft's informational response 104, which gives an address before the end of a
 * request, cannot be sent by a servlet.
 */
final class Draft {
  /** The header by which a client says that it speaks the draft. */
  static final String VERSION = "Upload-Draft-Interop-Version";

  /** The versions that are supported. */
  static final List<String> VERSIONS = List.of("5", "6");

  /** The media type of what is appended, from interop version 6 on. */
  static final String BYTES = "application/partial-upload";

  private static final String COMPLETE = "Upload-Complete";

  private Draft() {}

  /** Whether a request speaks any version of it. */
  static boolean isSpoken(TusRequest request) {
    return request.header(VERSION) != null;
  }

  /** Whether it is of the version in which bytes to append may have any media type. */
  static boolean hasAnyType(TusRequest request) {
    return isSpoken(request) && request.header(VERSION).strip().equals("5");
  }

  /** Whether a request has the last byte of its file. */
  static boolean isLast(TusRequest request) {
    String said = request.header(COMPLETE);
    return isSpoken(request) && said != null && said.strip().equals("?1");
  }

  /** Whether a request has a body; without a length, only its end tells how long it is. */
  static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    boolean mayBeOpen =
        request.getHeader("Transfer-Encoding") != null
            || request.getProtocol().startsWith("HTTP/2");
    return length > 0 || (length < 0 && mayBeOpen);
  }

  /**
   * The size of the file, as far as the head of a request gives it, for tus and for the draft.
   *
   * @param offset where its body begins
   * @throws ApiException when the length is not a number, or does not match the body that ends the
   *     file, or if a request of the draft does not say whether it ends the file
   */
  static OptionalLong size(TusRequest request, long offset) throws ApiException {
    checkComplete(request);
    OptionalLong told =
        request.header("Upload-Length") == null
            ? OptionalLong.empty()
            : OptionalLong.of(request.bytes("Upload-Length"));
    long length = request.hasBytes() ? request.length() : 0;
    if (!isLast(request) || length < 0) {
      return told;
    }
    long end = offset + length;
    if (told.orElse(end) != end) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "Upload-Complete says that the file ends with this request: Upload-Length must be "
              + end
              + ".");
    }
    return OptionalLong.of(end);
  }

  private static void checkComplete(TusRequest request) throws ApiException {
    String said = request.header(COMPLETE);
    if (isSpoken(request) && said != null && !Set.of("?0", "?1").contains(said.strip())) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header Upload-Complete must be ?1 where the request ends the file, and ?0 where it"
              + " does not.");
    }
  }
}
