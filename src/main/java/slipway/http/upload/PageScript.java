package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;

/** Recognizes scripts of pages by what browsers say about a request (Fetch Metadata, 2). */
public final class PageScript {
  private PageScript() {}

  /**
   * Whether a script on a page of another origin sends this without an Idempotency-Key: it cannot
   * read a redirect to a third origin, and sends the file again as if the network had failed.
   */
  public static boolean mayRepeat(HttpServletRequest request) {
    return "cors".equals(request.getHeader("Sec-Fetch-Mode"))
        && !"same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        && !IdempotencyKey.isGiven(request);
  }
}
