package slipway.http.photo;

import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Parameter;

/** The parameter time: a moment of a video. */
public final class VideoTime {
  private static final int MAX_SECONDS = 1_000_000;
  private static final Pattern TIME = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");

  static final String VALID = "seconds from the start, such as 40.2";

  /** In milliseconds from the start of the video. */
  public static final Parameter<Long> MILLIS = millis("time");

  private VideoTime() {}

  /** A parameter of another name that gives one. */
  public static Parameter<Long> millis(String name) {
    return Parameter.text(name, 20, TIME, VALID).as((each, text) -> millis(each, text));
  }

  /** What is wrong where the video has no picture at that time. */
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
