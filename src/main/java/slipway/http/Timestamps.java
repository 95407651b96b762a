package slipway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times in the API's format: {@code 2026-06-01 18:30:00}, in UTC. */
public final class Timestamps {
  /** What {@link #parse} takes, in short. */
  public static final String VALID =
      "a date such as 2026-06-01, 2026-06-01 18:30:00 (UTC) or 2026-06-01T18:30:00+02:00, or seconds"
          + " since 1970-01-01";

  private static final DateTimeFormatter ANSI =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /**
   * A date, then perhaps a time after a space or a T, then perhaps an offset: what JavaScript's
   * toISOString and PHP's date formats give, too.
   */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd")
          .optionalStart()
          .appendPattern("[ ]['T']HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendPattern("[ ][XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  /** A number of eight or twelve digits could be meant as a date. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}|[0-9]{9,11}");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.US).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("hh:mm a", Locale.US).withZone(ZoneOffset.UTC);

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Timestamps() {}

  /**
   * Reads a moment: a date as {@code 2026-06-01}, a date with a time as {@code 2026-06-01 18:30},
   * with seconds and their fraction, a T or an offset as in ISO 8601, or seconds since 1970-01-01
   * UTC. Without an offset it is UTC.
   *
   * @param name of the parameter it came in
   * @return null for a blank value
   * @throws ApiException when the value is not one of these
   */
  static Instant parse(String name, String value) throws ApiException {
    String text = value.strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      Instant moment =
          SECONDS.matcher(text).matches()
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : read(text);
      if (!moment.isAfter(LAST)) {
        return moment;
      }
    } catch (DateTimeException e) {
      // The error is thrown below.
    }
    throw ApiException.invalid(name, VALID);
  }

  private static Instant read(String text) {
    TemporalAccessor read =
        ISO.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    if (read instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    if (read instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    return LocalDate.from(read).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Writes a moment to the second, in UTC; empty for null. */
  public static String format(Instant moment) {
    return moment == null ? "" : ANSI.format(moment);
  }

  /** The day for people, in UTC, such as {@code February 16, 2010}; empty for null. */
  public static String date(Instant moment) {
    return moment == null ? "" : DATE.format(moment);
  }

  /** The time of day for people, in UTC, such as {@code 06:13 PM}; empty for null. */
  public static String time(Instant moment) {
    return moment == null ? "" : TIME.format(moment);
  }

  /** Seconds since 1970-01-01 UTC; empty for null. */
  public static String epoch(Instant moment) {
    return moment == null ? "" : Long.toString(moment.getEpochSecond());
  }
}
