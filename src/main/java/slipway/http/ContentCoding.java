package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses bodies with a content coding: a compressed one would be stored compressed, or not be
 * understood.
 */
public final class ContentCoding {
  private static final String HEADER = "Content-Encoding";
  private static final Set<String> SENDING = Set.of("POST", "PUT", "PATCH");

  private ContentCoding() {}

  /** The error for the coding of a request's body (RFC 9110, 8.4); empty for none. */
  public static Optional<ApiException> fault(HttpServletRequest request) {
    String coding = request.getHeader(HEADER);
    if (coding == null
        || coding.isBlank()
        || coding.strip().equalsIgnoreCase("identity")
        || !SENDING.contains(request.getMethod())) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiException(
                ErrorCode.INVALID_INPUT,
                "Compressed bodies are not accepted: send the body as it is, without the header "
                    + HEADER
                    + ".")
            .withStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE));
  }
}
