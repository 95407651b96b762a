package slipway.language;

import static java.util.stream.Collectors.joining;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * A language that visitors are spoken to in: the one that {@code Accept-Language} (RFC 9110,
 * 12.5.4) likes best of those that are there; English where none is. Each is a resource bundle
 * {@code slipway/web/texts_<language>.properties}.
 *
 * @param locale for numbers and dates, and the texts' language
 * @param bundle the texts' patterns (java.text.MessageFormat) by their key
 */
public record Language(Locale locale, ResourceBundle bundle) {
  private static final String BUNDLE = "slipway.web.texts";
  private static final ResourceBundle.Control EXACT =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  /** To look for each language of the world takes a start as long as its database. */
  private static final List<String> LANGUAGES = List.of("da", "en");

  /** The languages there are, as ISO 639 names them; each but English has a file of texts. */
  public static List<String> all() {
    return LANGUAGES;
  }

  /**
   * The language for whoever sent a request.
   *
   * @param acceptLanguage the header, as often as it was sent
   */
  public static Language of(Enumeration<String> acceptLanguage) {
    return AcceptLanguage.locales(acceptLanguage)
        .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
        .findFirst()
        .map(Language::in)
        .orElseGet(() -> in(Locale.ENGLISH));
  }

  /** A language that is there. */
  public static Language in(Locale locale) {
    Locale language = new Locale(locale.getLanguage());
    return new Language(
        locale, ResourceBundle.getBundle(BUNDLE, language, Language.class.getClassLoader(), EXACT));
  }

  /** Whether there is a text of that key. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }

  /** A text, with values for its {@code {0}}, {@code {1}} and so on. */
  public String say(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }

  /** What is to be said. */
  public String say(Saying saying) {
    return say(saying.key(), saying.values().stream().map(this::value).toArray());
  }

  private Object value(Object value) {
    if (value instanceof Saying.Size size) {
      return size(size.bytes());
    }
    return value instanceof Saying.Types types ? types(types.types()) : value;
  }

  /** Types of files in the midst of a text: "photos and MP4"; empty for none. */
  public String types(List<String> types) {
    List<String> names = types.stream().map(this::type).distinct().toList();
    if (names.isEmpty()) {
      return "";
    }
    String last = names.get(names.size() - 1);
    String others = names.stream().limit(names.size() - 1).collect(joining(", "));
    return others.isEmpty() ? last : say("list.last", others, last);
  }

  private String type(String type) {
    String key = "type." + type;
    return has(key)
        ? say(key)
        : type.substring(type.indexOf('/') + 1).replace("x-", "").toUpperCase(Locale.ROOT);
  }

  /** A size, such as "10.7 GB". */
  public String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " " + say("size.bytes");
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    NumberFormat format = NumberFormat.getInstance(locale);
    format.setMaximumFractionDigits(unit > 0 && value < 100 ? 1 : 0);
    return format.format(value) + " " + UNITS[unit];
  }
}
