package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.regex.Pattern;

/**
 * A request's path as it may stand in a log: without its query, and without what may be a secret.
 * Tokens stand in the paths of photos and uploads, and in whatever else a visitor types.
 */
final class LoggedPath {
  private static final Pattern AFTER_KEYWORD = Pattern.compile("/(upload|files)/[^/]+");
  private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_%~-]{16,}");
  private static final int LONGEST = 200;

  private LoggedPath() {}

  static String of(HttpServletRequest request) {
    return isExact(request) ? request.getRequestURI() : masked(request.getRequestURI());
  }

  /** Whether a servlet has that very path, so that there is no room for a secret. */
  static boolean isExact(HttpServletRequest request) {
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT
        && request.getRequestURI().indexOf(';') < 0;
  }

  static String masked(String path) {
    String some = path.substring(0, Math.min(path.length(), LONGEST));
    String keywords = AFTER_KEYWORD.matcher(some).replaceAll("/$1/…");
    return LONG_WORD.matcher(keywords).replaceAll("…");
  }
}
