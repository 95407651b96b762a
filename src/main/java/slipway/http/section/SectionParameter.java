package slipway.http.section;

import slipway.details.CleanHtml;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.TextParameters;

/** The parameters that the methods on sections share. */
public final class SectionParameter {
  /** The section. */
  public static final Parameter<Long> ID =
      Parameter.id("section_id").required("the number of a section").words("The section.");

  private static final int MAX_TITLE = 200;
  private static final int MAX_DESCRIPTION = 5_000;
  private static final String VALID_TITLE =
      "1 to " + MAX_TITLE + " characters once HTML tags are removed";

  static final Parameter<String> TITLE = TextParameters.plain("title", MAX_TITLE).takingEmpty();
  static final Parameter<CleanHtml> DESCRIPTION =
      TextParameters.html("description", MAX_DESCRIPTION).takingEmpty();

  private SectionParameter() {}

  /**
   * The title of a new section.
   *
   * @throws ApiException when it is missing, or empty once its tags are removed
   */
  static String title(Parameters parameters) throws ApiException {
    if (!TITLE.isGiven(parameters)) {
      throw TITLE.missing(parameters, VALID_TITLE);
    }
    return checked(TITLE.of(parameters));
  }

  /**
   * A title that is not empty once its tags are removed.
   *
   * @throws ApiException when it is empty then
   */
  static String checked(String title) throws ApiException {
    if (title.isEmpty()) {
      throw ApiException.invalid(TITLE.name(), VALID_TITLE);
    }
    return title;
  }

  /** The error for a section that does not exist. */
  public static ApiException missing() {
    return new ApiException(
        ErrorCode.NO_SUCH_SECTION, "No section of this video has this section_id.");
  }
}
