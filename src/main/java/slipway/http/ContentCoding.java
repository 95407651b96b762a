package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;

/** Bodies are taken as they are: one that is compressed would be kept so, or not be understood. */
public final class ContentCoding {
  private static final String HEADER = "Content-Encoding";
  private static final Set<String> SENDING = Set.of("POST", "PUT", "PATCH");

  private ContentCoding() {}

  /** What is wrong with the coding of a request's body (RFC 9110, 8.4); empty for nothing. */
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
