package slipway.http.photo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.TextParameters;
import slipway.photo.PhotoFilter;

/** The filters of photo/list. */
final class PhotoFilters {
  private static final int MAX_TAGS = 20;

  static final Parameter<Long> PHOTO = Parameter.id("photo_id").words("The one photo.");
  static final Parameter<String> TOKEN =
      Parameter.text("token")
          .words("That of the photo, or of the album where no photo_id is given.");
  static final Parameter<Long> ALBUM = Parameter.id("album_id").words("Those in the album.");

  private static final Parameter<Long> USER = Parameter.id("user_id").words("Those of the user.");
  private static final Parameter<Boolean> EVERY_TAG =
      Parameter.choice(
              "tag_mode", List.of(true, false), isAnd -> isAnd ? "and" : "any", "any or and")
          .orElse(true);
  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words(
              "Those with words in title, description or tags that begin with each of these words,"
                  + " without regard to case and accents; a search without a letter or digit finds"
                  + " nothing.");
  private static final Parameter<String> UPLOAD_TOKEN =
      Parameter.text("upload_token", 100).words("Those uploaded with the token.");
  private static final Parameter<Integer> YEAR =
      Parameter.integer("year", 1970, 9999).words("Those published in the year (UTC).");
  private static final Parameter<Integer> MONTH =
      Parameter.integer("month", 1, 12).words("Of the year.");
  private static final Parameter<Integer> DAY =
      Parameter.integer("day", 1, 31).words("Of the month.");
  private static final Parameter<Boolean> UNPUBLISHED =
      Parameter.flag("include_unpublished_p")
          .orElse(false)
          .words("Whether unpublished ones are listed; asks for the level read.");
  private static final Parameter<Boolean> VIDEO =
      Parameter.flag("video_p").words("Videos only, or none.");

  private final Parameter<List<String>> tags;

  PhotoFilters(TextParameters texts) {
    this.tags =
        texts
            .tags(MAX_TAGS)
            .words(
                "Those with the tags: space-separated, several words in double quotes; at most "
                    + MAX_TAGS
                    + "; without regard to case.");
  }

  List<Parameter<?>> parameters() {
    return List.of(
        PHOTO,
        TOKEN,
        ALBUM,
        USER,
        tags,
        EVERY_TAG,
        SEARCH,
        UPLOAD_TOKEN,
        YEAR,
        MONTH,
        DAY,
        UNPUBLISHED,
        VIDEO);
  }

  /** Whether unpublished photos are asked for. */
  static boolean unpublished(Parameters parameters) throws ApiException {
    return UNPUBLISHED.of(parameters);
  }

  PhotoFilter parse(Parameters parameters, boolean unpublished) throws ApiException {
    Optional<Days> days = Days.of(parameters);
    return PhotoFilter.PUBLISHED
        .photo(PHOTO.find(parameters).orElse(null))
        .of(
            ALBUM.find(parameters).orElse(null),
            USER.find(parameters).orElse(null),
            UPLOAD_TOKEN.find(parameters).orElse(null))
        .tagged(tags.of(parameters), EVERY_TAG.of(parameters))
        .search(SEARCH.of(parameters))
        .published(days.map(Days::from).orElse(null), days.map(Days::until).orElse(null))
        .video(VIDEO.find(parameters).orElse(null))
        .unpublished(unpublished);
  }

  /** The time from one moment to another, which is not in it. */
  private record Days(Instant from, Instant until) {
    static Optional<Days> of(Parameters parameters) throws ApiException {
      int year = YEAR.find(parameters).orElse(0);
      int month = MONTH.find(parameters).orElse(0);
      int day = DAY.find(parameters).orElse(0);
      if (year == 0 && month > 0) {
        throw ApiException.invalid(MONTH.name(), "given together with a year");
      }
      if (month == 0 && day > 0) {
        throw ApiException.invalid(DAY.name(), "given together with a year and a month");
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
        throw ApiException.invalid(DAY.name(), "a day of that month");
      }
    }

    private static Instant start(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }
}
