package slipway.web;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.http.HttpServletRequest;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import slipway.photo.Photo;

/**
 * What a visitor reads, in the language that {@code Accept-Language} (RFC 9110, 12.5.4) likes best
 * of those that are there; English where none is. Each language is a resource bundle {@code
 * slipway/web/texts_<language>.properties}.
 *
 * @param locale for numbers and dates, and the texts' language
 * @param bundle the texts' patterns (java.text.MessageFormat) by their key
 */
public record Texts(Locale locale, ResourceBundle bundle) {
  private static final String BUNDLE = "slipway.web.texts";
  private static final ResourceBundle.Control EXACT =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  /** The languages there are, looked for once: no request can have others looked up. */
  private static final List<String> LANGUAGES =
      List.of(Locale.getISOLanguages()).stream().filter(Texts::isThere).toList();

  private static boolean isThere(String language) {
    return language.equals("en")
        || Texts.class.getResource("texts_" + language + ".properties") != null;
  }

  /** The languages there are, as ISO 639 names them. */
  static List<String> languages() {
    return LANGUAGES;
  }

  /** The texts for whoever sent a request. */
  static Texts of(HttpServletRequest request) {
    // Without the header the container would name the server's own language.
    return request.getHeader("Accept-Language") == null
        ? in(Locale.ENGLISH)
        : Collections.list(request.getLocales()).stream()
            .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
            .findFirst()
            .map(Texts::in)
            .orElseGet(() -> in(Locale.ENGLISH));
  }

  /** The texts of a language that is there. */
  static Texts in(Locale locale) {
    Locale language = new Locale(locale.getLanguage());
    return new Texts(
        locale, ResourceBundle.getBundle(BUNDLE, language, Texts.class.getClassLoader(), EXACT));
  }

  /** The language as HTML names it (BCP 47), such as {@code da}. */
  public String lang() {
    return locale.toLanguageTag();
  }

  /** A text, with values for its {@code {0}}, {@code {1}} and so on. */
  public String say(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }

  /** What is said of a status of HTTP, be it of its kind only. */
  String error(int status) {
    String key = "error." + status;
    return say(bundle.containsKey(key) ? key : status < 500 ? "error.4xx" : "error.5xx");
  }

  /** The title of a photo or video, or what it is called without one: "Photo 12". */
  public String name(Photo photo) {
    String kind = photo.isVideo() ? "photo.video" : "photo.photo";
    return photo.title().isEmpty() ? say(kind, Long.toString(photo.photoId())) : photo.title();
  }

  /** Types of files, such as {@code image/*} and {@code video/mp4}: "Photos and MP4". */
  public String types(List<String> types) {
    List<String> names = types.stream().map(this::type).distinct().toList();
    String last = names.get(names.size() - 1);
    String others = names.stream().limit(names.size() - 1).collect(joining(", "));
    String all = others.isEmpty() ? last : say("list.last", others, last);
    return all.substring(0, 1).toUpperCase(locale) + all.substring(1);
  }

  private String type(String type) {
    String key = "type." + type;
    return bundle.containsKey(key)
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

  /** A time that is left, such as "2 hours 5 minutes"; less than a minute is one. */
  public String left(Duration time) {
    long minutes = Math.max(1, time.toMinutes());
    String hours = minutes < 60 ? "" : say("left.hours", minutes / 60);
    String rest = minutes % 60 == 0 ? "" : say("left.minutes", minutes % 60);
    return (hours + " " + rest).strip();
  }

  /** A day (UTC), such as "Nov 25, 2026". */
  public String day(Instant moment) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(locale)
        .format(moment.atZone(ZoneOffset.UTC));
  }
}
