package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request's path as it may appear in a log: without its query, and without anything that may be a
 * secret. Tokens are in the paths of photos and uploads, and in anything that a visitor types.
 */
final class LoggedPath {
  private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_%~-]{16,}");
  private static final int LONGEST = 200;

  private final Pattern afterPrefix;

  /**
   * Leaves out what follows these prefixes in a path.
   *
   * @param secretPrefixes such as {@code /files/}
   */
  LoggedPath(List<String> secretPrefixes) {
    String any = secretPrefixes.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    this.afterPrefix = Pattern.compile("(" + any + ")[^/]+");
  }

  String of(HttpServletRequest request) {
    return isExact(request) ? request.getRequestURI() : masked(request.getRequestURI());
  }

  /** Whether a servlet has exactly that path, so that it contains no secret. */
  static boolean isExact(HttpServletRequest request) {
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.EXACT
        && request.getRequestURI().indexOf(';') < 0;
  }

  String masked(String path) {
    String some = path.substring(0, Math.min(path.length(), LONGEST));
    String keywords = afterPrefix.matcher(some).replaceAll("$1…");
    return LONG_WORD.matcher(keywords).replaceAll("…");
  }
}
