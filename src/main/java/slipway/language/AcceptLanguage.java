package slipway.language;

import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header {@code Accept-Language} (RFC 9110, 12.5.4), however many languages it names. The
 * containers' parsers have limits, and treat a header beyond them as an error.
 */
final class AcceptLanguage {
  private static final Pattern RANGE =
      Pattern.compile(
          "([a-z0-9*-]{1,35})(?:\\s*;\\s*q=([01](?:\\.\\d{0,3})?))?", Pattern.CASE_INSENSITIVE);

  private AcceptLanguage() {}

  private record Range(String tag, double weight) {}

  /**
   * The languages in the header, the preferred ones first; what cannot be parsed is left out.
   *
   * @param lines the header, as often as it was sent
   */
  static Stream<Locale> locales(Enumeration<String> lines) {
    return Collections.list(lines).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(range -> RANGE.matcher(range.strip()))
        .filter(Matcher::matches)
        .map(range -> new Range(range.group(1), weight(range.group(2))))
        .filter(range -> range.weight() > 0)
        .sorted(Comparator.comparingDouble(Range::weight).reversed())
        .map(range -> locale(range.tag()));
  }

  private static double weight(String given) {
    return given == null ? 1 : Double.parseDouble(given);
  }

  /** Its language and country only: Java keeps formats of each locale that it has seen. */
  private static Locale locale(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    return new Locale(locale.getLanguage(), locale.getCountry());
  }
}
