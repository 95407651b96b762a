package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import slipway.language.Saying;
import slipway.token.AllowedOrigin;

/**
 * Which pages may call a method from another origin and read its answers (Fetch Standard, 3.3,
 * "CORS protocol"). Credentials are not allowed, so that no cookie comes along, and a page can do
 * no more than anyone who has what it sends: all pages may, unless a token names the one origin
 * that is allowed.
 *
 * @param methods HTTP methods that a preflight allows, comma-separated
 * @param exposedHeaders names of answer headers that a page may read besides Retry-After and those
 *     that are always readable, comma-separated; empty for none
 */
public record Cors(String methods, String exposedHeaders) {
  /** No page of another origin may call. */
  public static final Cors NONE = new Cors("");

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ANY = "*";
  private static final String ALWAYS_EXPOSED = "Retry-After";
  private static final int DAY_SECONDS = 86_400;

  /** With no answer headers of its own that a page may read. */
  public Cors(String methods) {
    this(methods, "");
  }

  /**
   * Answers a preflight, which comes before any token is known and is therefore always allowed.
   * Lets every page read the answer to any other request, unless a token says otherwise. To be
   * called before anything that may refuse the request.
   *
   * @return whether the request was a preflight, and is answered
   */
  public boolean answered(HttpServletRequest request, HttpServletResponse response) {
    if (methods.isEmpty()) {
      return false;
    }
    response.setHeader(ALLOW_ORIGIN, ANY);
    boolean preflight =
        request.getMethod().equals("OPTIONS")
            && request.getHeader("Access-Control-Request-Method") != null;
    if (preflight) {
      answer(response);
    } else {
      response.setHeader(
          "Access-Control-Expose-Headers",
          exposedHeaders.isEmpty() ? ALWAYS_EXPOSED : ALWAYS_EXPOSED + ", " + exposedHeaders);
    }
    return preflight;
  }

  private void answer(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", methods);
    // The asterisk stands for all headers but this one.
    response.setHeader("Access-Control-Allow-Headers", "*, Authorization");
    response.setIntHeader("Access-Control-Max-Age", DAY_SECONDS);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /**
   * Lets only the pages of one origin call. A request without an Origin header is not from a page
   * of another origin, and is allowed. If a page's Referrer-Policy makes the browser withhold the
   * origin, the browser still tells whether the form is of the same site; a token may allow all
   * such forms of other sites. To be called before the answer is begun, after {@link #answered}.
   * Every page may read that it is refused, and why, which reveals nothing secret: a script would
   * mistake an answer that it cannot read for a lost network.
   *
   * @param allowed whose pages; null for any
   * @throws ApiException when the request comes from another
   */
  public void check(HttpServletRequest request, HttpServletResponse response, AllowedOrigin allowed)
      throws ApiException {
    if (allowed == null) {
      return;
    }
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (AllowedOrigin.NULL.equals(origin)) {
      if (!isLetIn(request, allowed)) {
        throw untold();
      }
    } else if (origin != null && !origin.equals(allowed.origin())) {
      throw new ApiException(
              ErrorCode.PERMISSION_DENIED, "This token does not accept uploads from this page.")
          .saidAs(Saying.of("refused.page"));
    }
    response.setHeader(ALLOW_ORIGIN, allowed.origin());
  }

  /**
   * Whether a page that withholds its origin may call: only with a form that the visitor sends, not
   * with a script, as scripts always send their origin, except for those in a sandbox.
   */
  private static boolean isLetIn(HttpServletRequest request, AllowedOrigin allowed) {
    String mode = request.getHeader("Sec-Fetch-Mode");
    if (mode == null) {
      return allowed.orNull();
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return mode.equals("navigate")
        && (allowed.orNull() || "same-origin".equals(site) || "same-site".equals(site));
  }

  private static ApiException untold() {
    return new ApiException(
        ErrorCode.PERMISSION_DENIED,
        "This token accepts uploads from one site only, and this page does not send its"
            + " origin: its Referrer-Policy must be strict-origin-when-cross-origin, not no-referrer"
            + " or same-origin. Or issue the token with its allowed_origin followed by ' null'.");
  }
}
