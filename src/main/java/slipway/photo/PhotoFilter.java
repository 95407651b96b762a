package slipway.photo;

import java.time.Instant;
import java.util.List;
import slipway.license.License;

/**
 * Which photos a list contains: begin with {@link #PUBLISHED}, and narrow it. Null means no
 * restriction.
 *
 * @param photoId the one of this number
 * @param of those of an album, owner or token
 * @param tagged those with these tags
 * @param search those with words that begin with each of these words; empty for all
 * @param period those published in it
 * @param kind what their files are
 * @param audience who sees them
 */
public record PhotoFilter(
    Long photoId,
    Belonging of,
    Tagged tagged,
    String search,
    Period period,
    FileKind kind,
    Audience audience) {
  /** All that the public sees. */
  public static final PhotoFilter PUBLISHED =
      new PhotoFilter(
          null,
          new Belonging(null, null, null, null),
          new Tagged(List.of(), true, null),
          "",
          new Period(null, null),
          new FileKind(null, null, null, false),
          Audience.PUBLIC);

  /** Which photos a list has, by what the public sees of them. */
  public enum Audience {
    /** Those that the public sees. */
    PUBLIC,
    /** All there are. */
    ALL,
    /** Those that nobody has published; not those whose time has yet to come. */
    UNPUBLISHED
  }

  /**
   * What photos belong to; null for anything.
   *
   * @param albumId the album they are in
   * @param userId their owner
   * @param uploadToken the token they were uploaded with
   * @param license the licence they are under
   */
  public record Belonging(Long albumId, Long userId, String uploadToken, License license) {
    /** Says nothing secret. */
    @Override
    public String toString() {
      return "Belonging[]";
    }
  }

  /**
   * Tags that photos have.
   *
   * @param tags the tags; none for any photo
   * @param every whether they must have all of the tags, rather than any
   * @param like the number of another photo, with which they share a tag; null for any photo
   */
  public record Tagged(List<String> tags, boolean every, Long like) {}

  /**
   * What photos' files are: null for anything, else only those that are, or only those that are
   * not.
   *
   * @param video a video
   * @param audio audio
   * @param encoded a video whose pictures and copy have been made, as far as they can be; false for
   *     a video whose pictures have not
   * @param isNone whether there are no such photos at all
   */
  public record FileKind(Boolean video, Boolean audio, Boolean encoded, boolean isNone) {}

  /**
   * A time; null for no bound.
   *
   * @param from the first moment in it
   * @param until the first moment after it
   */
  public record Period(Instant from, Instant until) {}

  /** How many characters it holds in its texts. */
  int chars() {
    int token = of.uploadToken() == null ? 0 : of.uploadToken().length();
    return token + search.length() + tagged.tags().stream().mapToInt(String::length).sum();
  }

  /** Of these, the one of that number; null for all. */
  public PhotoFilter photo(Long number) {
    return new PhotoFilter(number, of, tagged, search, period, kind, audience);
  }

  /** Of these, those of that album, owner and token. */
  public PhotoFilter of(Long albumId, Long userId, String uploadToken) {
    Belonging narrower = new Belonging(albumId, userId, uploadToken, of.license());
    return new PhotoFilter(photoId, narrower, tagged, search, period, kind, audience);
  }

  /** Of these, those under that licence; null for any. */
  public PhotoFilter under(License license) {
    Belonging narrower = new Belonging(of.albumId(), of.userId(), of.uploadToken(), license);
    return new PhotoFilter(photoId, narrower, tagged, search, period, kind, audience);
  }

  /** Of these, those with every or any of those tags. */
  public PhotoFilter tagged(List<String> tags, boolean every) {
    Tagged narrower = new Tagged(tags, every, tagged.like());
    return new PhotoFilter(photoId, of, narrower, search, period, kind, audience);
  }

  /** Of these, those with words that begin with each of those. */
  public PhotoFilter search(String words) {
    return new PhotoFilter(photoId, of, tagged, words, period, kind, audience);
  }

  /** Of these, those published in that time. */
  public PhotoFilter published(Instant from, Instant until) {
    Period narrower = new Period(from, until);
    return new PhotoFilter(photoId, of, tagged, search, narrower, kind, audience);
  }

  /** Of these, those that share a tag with the photo of that number; null for all. */
  public PhotoFilter like(Long number) {
    Tagged narrower = new Tagged(tagged.tags(), tagged.every(), number);
    return new PhotoFilter(photoId, of, narrower, search, period, kind, audience);
  }

  /** Of these, videos only, or none; null for both. */
  public PhotoFilter video(Boolean only) {
    return kind(new FileKind(only, kind.audio(), kind.encoded(), kind.isNone()));
  }

  /** Of these, those with files of that kind. */
  public PhotoFilter kind(FileKind narrower) {
    return new PhotoFilter(photoId, of, tagged, search, period, narrower, audience);
  }

  /** The same with or without photos that the public does not see. */
  public PhotoFilter unpublished(boolean too) {
    return audience(too ? Audience.ALL : Audience.PUBLIC);
  }

  /** Those of another kind by what the public sees of them. */
  public PhotoFilter audience(Audience other) {
    return new PhotoFilter(photoId, of, tagged, search, period, kind, other);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "PhotoFilter[]";
  }
}
