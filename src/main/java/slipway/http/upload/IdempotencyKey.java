package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.ErrorCode;

/**
 * The header that distinguishes a repeat from a new upload
 * (draft-ietf-httpapi-idempotency-key-header).
 */
public final class IdempotencyKey {
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;

  private IdempotencyKey() {}

  /** Whether a request has a key, valid or not. */
  static boolean isGiven(HttpServletRequest request) {
    return request.getHeader(HEADER) != null;
  }

  /** The error in the key of a request; empty for none, or if it has no key. */
  public static Optional<ApiException> fault(HttpServletRequest request) {
    try {
      of(request);
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e);
    }
  }

  /** The key of a request; null if it has none, or one in which {@link #fault} finds an error. */
  public static String valid(HttpServletRequest request) {
    return fault(request).isPresent() ? null : request.getHeader(HEADER);
  }

  /**
   * The key of a request; null if it has none.
   *
   * @throws ApiException when it is empty, too long or not of visible ASCII characters
   */
  public static String of(HttpServletRequest request) throws ApiException {
    String key = request.getHeader(HEADER);
    if (key == null) {
      return null;
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (key.isEmpty() || key.length() > MAX_LENGTH || !visible) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header '" + HEADER + "' must be 1 to " + MAX_LENGTH + " visible ASCII characters.");
    }
    return key;
  }
}
