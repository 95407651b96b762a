package slipway.http.section;

import slipway.details.CleanHtml;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.TextParameters;
import slipway.photo.Photo;
import slipway.section.VideoSection;

/** The parameters that the methods on sections share. */
public final class SectionParameter {
  /** The section. */
  public static final Parameter<Long> ID =
      Parameter.id("section_id").required("the number of a section").words("The section.");

  private static final int MAX_TITLE = 200;
  private static final int MAX_DESCRIPTION = 5_000;

  static final Parameter<String> TITLE = TextParameters.plain("title", MAX_TITLE).takingEmpty();
  static final Parameter<CleanHtml> DESCRIPTION =
      TextParameters.html("description", MAX_DESCRIPTION).takingEmpty();

  private SectionParameter() {}

  /**
   * A title, of which something is left without its tags.
   *
   * @throws ApiException when nothing is
   */
  static String checked(String title) throws ApiException {
    if (title.isEmpty()) {
      throw ApiException.invalid(
          TITLE.name(), "1 to " + MAX_TITLE + " characters, besides HTML tags");
    }
    return title;
  }

  /**
   * Checks where a section begins, as far as the length of the video is known.
   *
   * @throws ApiException when it is after its end
   */
  static void check(String name, long startMillis, Photo video) throws ApiException {
    Long length = video.durationMillis();
    if (length != null && startMillis > length) {
      throw ApiException.invalid(
          name, "within the video, which is " + VideoSection.seconds(length) + " seconds long");
    }
  }

  /** That there is no such section. */
  public static ApiException missing() {
    return new ApiException(
        ErrorCode.NO_SUCH_SECTION, "The video has no section of this section_id.");
  }
}
