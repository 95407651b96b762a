package slipway.section;

import java.math.BigDecimal;
import slipway.details.CleanHtml;

/**
 * A section of a video.
 *
 * @param sectionId its number
 * @param startMillis where it begins, from the start of the video; it ends where the next begins
 * @param title plain text, not empty
 * @param description what else is said
 * @param hasThumbnail whether it has a picture of its own
 */
public record VideoSection(
    long sectionId, long startMillis, String title, CleanHtml description, boolean hasThumbnail) {
  /** Where it begins, in seconds, such as {@code 40.25}. */
  public String startTime() {
    return seconds(startMillis);
  }

  /** A time in seconds, without zeros at the end. */
  public static String seconds(long millis) {
    return BigDecimal.valueOf(millis).movePointLeft(3).stripTrailingZeros().toPlainString();
  }
}
