package slipway.language;

import static slipway.language.PluralCategory.OTHER;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/**
 * A language for visitors: the supported one that {@code Accept-Language} (RFC 9110, 12.5.4)
 * prefers, or English if there is none. Each is a resource bundle {@code
 * slipway/web/texts_<language>.properties}.
 *
 * @param locale for numbers and dates, and the texts' language
 * @param bundle the texts' patterns (java.text.MessageFormat) by their key
 */
public record Language(Locale locale, ResourceBundle bundle) {
  private static final String BUNDLE = "slipway.web.texts";
  private static final ResourceBundle.Control EXACT =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final List<String> UNITS =
      List.of("size.kilobytes", "size.megabytes", "size.gigabytes", "size.terabytes");

  /** What is rounded to 1,000 kB is 1 MB. */
  private static final double ROUNDED_UP = 999.5;

  /** Looking for a bundle in every language would slow down the start considerably. */
  private static final List<String> LANGUAGES =
      List.of(
          "ar", "cs", "da", "de", "en", "es", "fr", "it", "ja", "nb", "nl", "pl", "pt", "sv", "tr",
          "uk", "zh");

  /** Languages whose readers get another language. */
  private static final Map<String, String> READ_AS = Map.of("no", "nb", "nn", "nb");

  /** The supported languages, by ISO 639 codes; each has a file of texts. */
  public static List<String> all() {
    return LANGUAGES;
  }

  /**
   * The language for the sender of a request.
   *
   * @param acceptLanguage the header, as often as it was sent
   */
  public static Language of(Enumeration<String> acceptLanguage) {
    return AcceptLanguage.locales(acceptLanguage)
        .filter(locale -> LANGUAGES.contains(nameOf(locale)))
        .findFirst()
        .map(Language::in)
        .orElseGet(() -> in(Locale.ENGLISH));
  }

  /** A supported language, with the formats of the locale's country. */
  public static Language in(Locale locale) {
    String name = nameOf(locale);
    return new Language(
        formats(name, locale.getCountry()),
        ResourceBundle.getBundle(BUNDLE, new Locale(name), Language.class.getClassLoader(), EXACT));
  }

  private static String nameOf(Locale locale) {
    return READ_AS.getOrDefault(locale.getLanguage(), locale.getLanguage());
  }

  /**
   * Arabic always uses the same digits as the rest of a page, as they differ by country; Chinese
   * always uses simplified characters.
   */
  private static Locale formats(String language, String country) {
    return switch (language) {
      case "ar" ->
          new Locale.Builder()
              .setLanguage(language)
              .setRegion(country)
              .setUnicodeLocaleKeyword("nu", "latn")
              .build();
      case "zh" -> Locale.SIMPLIFIED_CHINESE;
      default -> new Locale(language, country);
    };
  }

  /** Its BCP 47 tag, with the country of its formats: {@code da} or {@code de-CH}. */
  public String tag() {
    return locale.stripExtensions().toLanguageTag();
  }

  /** Whether there is a text of that key. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }

  /**
   * A text, with values for its {@code {0}}, {@code {1}} and so on. Where the first is a number,
   * the text may have a form for each {@link PluralCategory}.
   */
  public String say(String key, Object... values) {
    return new MessageFormat(pattern(key, values), locale).format(values);
  }

  private String pattern(String key, Object... values) {
    if (values.length == 0 || !(values[0] instanceof Number count)) {
      return bundle.getString(key);
    }
    return Stream.of(PluralCategory.of(locale.getLanguage(), count.longValue()), OTHER)
        .map(category -> key + "." + category.id())
        .filter(this::has)
        .findFirst()
        .map(bundle::getString)
        .orElseGet(() -> bundle.getString(key));
  }

  /** The text of a saying. */
  public String say(Saying saying) {
    return say(saying.key(), saying.values().stream().map(this::value).toArray());
  }

  private Object value(Object value) {
    if (value instanceof Saying.Size size) {
      return size(size.bytes());
    }
    return value instanceof Saying.Types types ? types(types.types()) : value;
  }

  /** Types of files within a sentence: "photos and MP4"; empty for none. */
  public String types(List<String> types) {
    List<String> names = types.stream().map(this::type).distinct().toList();
    if (names.isEmpty()) {
      return "";
    }
    int last = names.size() - 1;
    return names.subList(0, last).stream()
        .reduce((some, next) -> say("list.more", some, next))
        .map(others -> say("list.last", others, names.get(last)))
        .orElse(names.get(last));
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
      return say("size.bytes", bytes);
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= ROUNDED_UP && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    NumberFormat format = NumberFormat.getInstance(locale);
    format.setMaximumFractionDigits(unit > 0 && value < 100 ? 1 : 0);
    return say(UNITS.get(unit), format.format(value));
  }
}
