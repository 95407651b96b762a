package slipway.http.photo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.http.TextParameters;
import slipway.photo.PhotoFilter;

/** Reads the filters of photo/list. */
final class PhotoFilters {
  private static final int MAX_TAGS = 20;
  private static final int MAX_SEARCH = 200;
  private static final int MAX_TOKEN = 100;

  private PhotoFilters() {}

  static PhotoFilter parse(Parameters parameters, boolean unpublished, TextParameters texts)
      throws ApiException {
    Optional<Days> days = Days.of(parameters);
    return PhotoFilter.PUBLISHED
        .photo(parameters.id("photo_id").orElse(null))
        .of(
            parameters.id("album_id").orElse(null),
            parameters.id("user_id").orElse(null),
            uploadToken(parameters))
        .tagged(texts.tags("tags", parameters.text("tags"), MAX_TAGS), everyTag(parameters))
        .search(parameters.text("search", MAX_SEARCH))
        .published(days.map(Days::from).orElse(null), days.map(Days::until).orElse(null))
        .video(parameters.find("video_p").isEmpty() ? null : parameters.flag("video_p", false))
        .unpublished(unpublished);
  }

  private static String uploadToken(Parameters parameters) throws ApiException {
    String token = parameters.text("upload_token", MAX_TOKEN);
    return token.isEmpty() ? null : token;
  }

  private static boolean everyTag(Parameters parameters) throws ApiException {
    return switch (parameters.text("tag_mode")) {
      case "", "and" -> true;
      case "any" -> false;
      default -> throw ApiException.invalid("tag_mode", "any or and");
    };
  }

  /** The time from one moment to another, which is not in it. */
  private record Days(Instant from, Instant until) {
    static Optional<Days> of(Parameters parameters) throws ApiException {
      int year = parameters.integer("year", 0, 1970, 9999);
      int month = parameters.integer("month", 0, 1, 12);
      int day = parameters.integer("day", 0, 1, 31);
      if (year == 0 && month > 0) {
        throw ApiException.invalid("month", "given together with a year");
      }
      if (month == 0 && day > 0) {
        throw ApiException.invalid("day", "given together with a year and a month");
      }
      if (year == 0) {
        return Optional.empty();
      }
      try {
        LocalDate first = LocalDate.of(year, Math.max(1, month), Math.max(1, day));
        LocalDate next =
            month == 0 ? first.plusYears(1) : day == 0 ? first.plusMonths(1) : first.plusDays(1);
        return Optional.of(new Days(start(first), start(next)));
      } catch (DateTimeException e) {
        throw ApiException.invalid("day", "a day of that month");
      }
    }

    private static Instant start(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }
}
