package slipway.http.photo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.TextParameters;
import slipway.http.Timestamps;
import slipway.http.license.LicenseParameter;
import slipway.license.License;
import slipway.photo.PhotoFilter;
import slipway.token.TokenPurpose;

/** The filters of photo/list. */
final class PhotoFilters {
  private static final int MAX_TAGS = 20;
  private static final int MAX_SOURCE = 200;

  static final Parameter<Long> PHOTO = Parameter.id("photo_id").words("Only this photo.");
  static final Parameter<String> TOKEN =
      Parameter.text("token").words("Token of the photo, or of the album if there is no photo_id.");
  static final Parameter<Long> ALBUM = Parameter.id("album_id").words("Only photos in this album.");

  private static final Parameter<Long> USER =
      Parameter.id("user_id").words("Only those of this user.");
  private static final Parameter<TagMode> TAG_MODE =
      Parameter.choice(
              "tag_mode", List.of(TagMode.values()), TagMode::id, "one of and, all, any, or")
          .orElse(TagMode.AND)
          .words("and, all: photos with every tag; any, or: photos with at least one of them.");
  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words(
              "Only photos with words in title, description or tags that begin with each of these words,"
                  + " ignoring case and accents; a search without a letter or digit finds"
                  + " nothing.");
  private static final Parameter<String> UPLOAD_TOKEN =
      Parameter.secret(TokenPurpose.UPLOAD.parameter())
          .words("Only photos uploaded with this token.");
  private static final Parameter<License> LICENSE =
      LicenseParameter.saying("Only photos under this licence of license/list.");
  private static final Parameter<Integer> YEAR =
      Parameter.integer("year", 1970, 9999).words("Only photos published in this year (UTC).");
  private static final Parameter<Integer> MONTH =
      Parameter.integer("month", 1, 12).words("Only photos published in this month of the year.");
  private static final Parameter<Integer> DAY =
      Parameter.integer("day", 1, 31).words("Only photos published on this day of the month.");
  private static final Parameter<Instant> AFTER =
      Parameter.moment("after_time")
          .words("Only photos published at this time or later: " + Timestamps.VALID + ".");
  private static final Parameter<Instant> BEFORE =
      Parameter.moment("before_time").words("Only photos published before this time.");
  private static final Parameter<Long> RELATED =
      Parameter.id("related_to_photo_id").words("Only photos that share a tag with this one.");
  private static final Parameter<Boolean> UNPUBLISHED =
      Parameter.flag("include_unpublished_p")
          .orElse(false)
          .words("1: also unpublished photos; requires level read.");
  private static final Parameter<Boolean> PUBLISHED =
      Parameter.flag("published_p")
          .words(
              "1: only photos the public sees, 0: only those that are not published; requires"
                  + " level read.");
  private static final Parameter<Boolean> VIDEO =
      Parameter.flag("video_p").words("1: only videos, 0: no videos.");
  private static final Parameter<Boolean> AUDIO =
      Parameter.flag("audio_p").words("1: only audio, 0: no audio.");
  private static final Parameter<Boolean> ENCODED =
      Parameter.flag("video_encoded_p")
          .words(
              "1: only videos whose pictures have been made, as far as possible, 0: only videos whose"
                  + " pictures have not; requires level read.");
  private static final Parameter<Boolean> TEXT_ONLY =
      Parameter.flag("text_only_p").words("1: only texts, of which there are none, 0: no texts.");
  private static final Parameter<Boolean> PROMOTED =
      Parameter.flag("promoted_p")
          .words(
              "1: only promoted ones, of which there are none, 0: photos that are not promoted.");
  private static final Parameter<Boolean> PROMOTED_FIRST =
      Parameter.flag("prioritize_promoted_p").words("Without effect: no photo is promoted.");
  private static final Parameter<String> SOURCE =
      Parameter.text("source", MAX_SOURCE).words("Without effect: for statistics of the platform.");

  /** The filters of the platform's method that do not exist here. */
  private static final List<Parameter<?>> REFUSED =
      List.of(
          Parameter.refused("tag", "use tags, which accepts several"),
          Parameter.refused("player_id", "there are no players"),
          Parameter.refused("custom_variable_mode", "there are no custom variables"),
          Parameter.refused("liveevent_id", "there are no live events"),
          Parameter.refused("liveevent_stream_id", "there are no live events"));

  private final Parameter<List<String>> tags;

  PhotoFilters(TextParameters texts) {
    this.tags =
        texts
            .tags(MAX_TAGS)
            .words(
                "Only photos with these tags: space-separated, several words in double quotes; at most "
                    + MAX_TAGS
                    + "; ignoring case.");
  }

  List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(PHOTO, TOKEN, ALBUM, USER, tags, TAG_MODE, SEARCH, RELATED, UPLOAD_TOKEN, LICENSE),
        List.of(YEAR, MONTH, DAY, AFTER, BEFORE, UNPUBLISHED, PUBLISHED),
        List.of(VIDEO, AUDIO, ENCODED, TEXT_ONLY, PROMOTED, PROMOTED_FIRST, SOURCE),
        REFUSED);
  }

  /** The photo to which the requested ones are similar; empty for none. */
  static Optional<Long> related(Parameters parameters) throws ApiException {
    return RELATED.find(parameters);
  }

  /** Whether unpublished photos are requested. */
  static boolean unpublished(Parameters parameters) throws ApiException {
    return UNPUBLISHED.of(parameters);
  }

  /** Whether what the caller asks for is for those alone who see more than the public. */
  static boolean isForReaders(Parameters parameters) throws ApiException {
    return unpublished(parameters) || ENCODED.isGiven(parameters) || PUBLISHED.isGiven(parameters);
  }

  private static PhotoFilter.Audience audience(Parameters parameters, boolean unpublished)
      throws ApiException {
    Optional<Boolean> published = PUBLISHED.find(parameters);
    if (published.isPresent()) {
      return published.get() ? PhotoFilter.Audience.PUBLIC : PhotoFilter.Audience.UNPUBLISHED;
    }
    return unpublished ? PhotoFilter.Audience.ALL : PhotoFilter.Audience.PUBLIC;
  }

  PhotoFilter parse(Parameters parameters, boolean unpublished) throws ApiException {
    Optional<Days> days = Days.of(parameters);
    Instant from = later(days.map(Days::from), AFTER.find(parameters));
    Instant until = earlier(days.map(Days::until), BEFORE.find(parameters));
    checkAsides(parameters);
    return PhotoFilter.PUBLISHED
        .photo(PHOTO.find(parameters).orElse(null))
        .of(
            ALBUM.find(parameters).orElse(null),
            USER.find(parameters).orElse(null),
            UPLOAD_TOKEN.find(parameters).orElse(null))
        .under(LICENSE.find(parameters).orElse(null))
        .tagged(tags.of(parameters), TAG_MODE.of(parameters).isEvery())
        .like(RELATED.find(parameters).orElse(null))
        .search(SEARCH.of(parameters))
        .published(from, until)
        .kind(kind(parameters))
        .audience(audience(parameters, unpublished));
  }

  private static PhotoFilter.FileKind kind(Parameters parameters) throws ApiException {
    boolean isNone =
        TEXT_ONLY.find(parameters).orElse(false) || PROMOTED.find(parameters).orElse(false);
    return new PhotoFilter.FileKind(
        VIDEO.find(parameters).orElse(null),
        AUDIO.find(parameters).orElse(null),
        ENCODED.find(parameters).orElse(null),
        isNone);
  }

  /** A parameter that does not affect the list must be valid all the same. */
  private static void checkAsides(Parameters parameters) throws ApiException {
    PROMOTED_FIRST.find(parameters);
    SOURCE.find(parameters);
  }

  private static Instant later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo).orElse(null);
  }

  private static Instant earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo).orElse(null);
  }

  /** The period from one moment up to, and excluding, another. */
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
