package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import slipway.language.Language;
import slipway.photo.Photo;

/**
 * The texts of a page in a visitor's language.
 *
 * @param language of the visitor
 */
public record Texts(Language language) {
  /** The supported languages, by ISO 639 codes. */
  static List<String> languages() {
    return Language.all();
  }

  /** The texts for the sender of a request. */
  static Texts of(HttpServletRequest request) {
    return new Texts(Language.of(request.getHeaders("Accept-Language")));
  }

  /** The texts of a supported language. */
  static Texts in(Locale locale) {
    return new Texts(Language.in(locale));
  }

  /** The language as HTML names it (BCP 47), such as {@code da} or {@code de-CH}. */
  public String lang() {
    return language.tag();
  }

  /** The direction of the texts, as HTML names it: {@code ltr} or {@code rtl}. */
  public String dir() {
    return say("direction");
  }

  /** A text whose {@code {0}} the page renders in its own markup: the parts before and after it. */
  public Around around(String key) {
    String[] parts = say(key, "\u0000").split("\u0000", -1);
    return new Around(parts[0], parts[1]);
  }

  /** The parts before and after a value. */
  public record Around(String before, String after) {}

  /** A text, with values for its {@code {0}}, {@code {1}} and so on. */
  public String say(String key, Object... values) {
    return language.say(key, values);
  }

  /** The text for an HTTP status, or for its class. */
  String error(int status) {
    String key = "error." + status;
    return say(language.has(key) ? key : status < 500 ? "error.4xx" : "error.5xx");
  }

  /** The title of a photo or video, or a default such as "Photo 12". */
  public String name(Photo photo) {
    String kind = photo.isVideo() ? "photo.video" : "photo.photo";
    return photo.title().isEmpty() ? say(kind, Long.toString(photo.photoId())) : photo.title();
  }

  /** Types of files, such as {@code image/*} and {@code video/mp4}: "Photos and MP4". */
  public String types(List<String> types) {
    String all = language.types(types);
    return all.substring(0, 1).toUpperCase(language.locale()) + all.substring(1);
  }

  /** A size, such as "10.7 GB". */
  public String size(long bytes) {
    return language.size(bytes);
  }

  /** A time that is left, such as "2 hours 5 minutes"; less than a minute is one. */
  public String left(Duration time) {
    long minutes = Math.max(1, time.toMinutes());
    if (minutes < 60) {
      return say("left.minutes", minutes);
    }
    String hours = say("left.hours", minutes / 60);
    return minutes % 60 == 0 ? hours : say("left.both", hours, say("left.minutes", minutes % 60));
  }

  /** How the two parts of {@link #left} are put together: {@code {0} {1}}. */
  public String leftPattern() {
    return say("left.both", "{0}", "{1}");
  }

  /** The same, in days where it is two or more: "12 days". */
  public String span(Duration time) {
    return time.toDays() < 2 ? left(time) : say("left.days", time.toDays());
  }

  /** A time in a video, such as "3:05" or "1:03:05". */
  public String time(long millis) {
    long seconds = millis / 1000;
    String rest = two(seconds % 60);
    return seconds < 3600
        ? seconds / 60 + ":" + rest
        : seconds / 3600 + ":" + two(seconds / 60 % 60) + ":" + rest;
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  /** A day (UTC), such as "Nov 25, 2026". */
  public String day(Instant moment) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
        .withLocale(language.locale())
        .format(moment.atZone(ZoneOffset.UTC));
  }

  /** A moment, to the minute, such as "Nov 25, 2026, 3:05 PM UTC". */
  public String moment(Instant moment) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(language.locale())
            .format(moment.atZone(ZoneOffset.UTC))
        + " UTC";
  }
}
