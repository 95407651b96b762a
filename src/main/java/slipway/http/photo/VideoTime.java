package slipway.http.photo;

import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.photo.Photo;
import slipway.section.VideoSection;

/** The parameter time: a moment of a video. */
public final class VideoTime {
  private static final int MAX_SECONDS = 1_000_000;
  private static final Pattern TIME = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");

  static final String VALID = "seconds from the start, such as 40.2";

  /** In milliseconds from the start of the video. */
  public static final Parameter<Long> MILLIS = millis("time");

  private VideoTime() {}

  /** A parameter of another name for such a moment. */
  public static Parameter<Long> millis(String name) {
    return Parameter.text(name, 20, TIME, VALID).as((each, text) -> millis(each, text));
  }

  /**
   * Checks that a time is within a video, as far as its length is known.
   *
   * @param name the parameter it came in
   * @throws ApiException when it is after its end
   */
  public static void check(String name, long millis, Photo video) throws ApiException {
    Long length = video.durationMillis();
    if (length != null && millis > length) {
      throw ApiException.invalid(
          name, "within the video, which is " + VideoSection.seconds(length) + " seconds long");
    }
  }

  /** The error if the video has no picture at that time. */
  public static ApiException nothingThere() {
    return ApiException.invalid(MILLIS.name(), "within the video");
  }

  private static long millis(String name, String text) throws ApiException {
    double seconds = Double.parseDouble(text);
    if (seconds > MAX_SECONDS) {
      throw ApiException.invalid(name, VALID);
    }
    return Math.round(seconds * 1000);
  }
}
