package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.ContentType;
import slipway.http.ErrorCode;
import slipway.upload.UploadRefusedException;

/** The method, path and headers of a tus request. */
final class TusRequest {
  /** The media type of what is appended. */
  static final String BYTES = "application/offset+octet-stream";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final String BEARER = "bearer ";

  private final HttpServletRequest request;

  TusRequest(HttpServletRequest request) {
    this.request = request;
  }

  /** The method, or the one that overrides it, for networks that allow only GET and POST. */
  String method() {
    String override = request.getHeader("X-HTTP-Method-Override");
    return override == null ? request.getMethod() : override.strip().toUpperCase(Locale.ROOT);
  }

  String header(String name) {
    return request.getHeader(name);
  }

  /** The id in the path; empty for the path that uploads are created at. */
  String id() throws UploadRefusedException {
    String path = request.getPathInfo();
    if (path == null || path.equals("/")) {
      return "";
    }
    return id(path);
  }

  /** The id that an upload's address ends with. */
  static String id(String address) throws UploadRefusedException {
    String id = address.substring(address.lastIndexOf('/') + 1);
    if (!ID.matcher(id).matches()) {
      throw UploadRefusedException.removed();
    }
    return id;
  }

  /**
   * A header with a number of bytes.
   *
   * @throws ApiException when it is missing or no such number
   */
  long bytes(String name) throws ApiException {
    String value = request.getHeader(name);
    if (value == null || !NUMBER.matcher(value.strip()).matches()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT, "The header " + name + " must be a number of bytes.");
    }
    return Long.parseLong(value.strip());
  }

  /** The client's User-Agent; empty for none. */
  String program() {
    return Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
  }

  /** Whether its body has bytes of a file. */
  boolean hasBytes() {
    return Draft.isSpoken(this) ? Draft.hasBody(request) : hasType(BYTES);
  }

  /** Whether its body is of that media type. */
  boolean hasType(String type) {
    return ContentType.mediaType(request).equals(type);
  }

  /** The length of the body; -1 when it is not known. */
  long length() {
    return request.getContentLengthLong();
  }

  /** The token of the header {@code Authorization: Bearer}; empty when there is none. */
  String bearer() {
    String value = request.getHeader("Authorization");
    return value != null && value.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? value.substring(BEARER.length()).strip()
        : "";
  }
}
