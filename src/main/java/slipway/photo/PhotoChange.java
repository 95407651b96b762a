package slipway.photo;

import java.util.List;
import slipway.details.CleanHtml;

/**
 * A change of a photo; null leaves a thing as it is.
 *
 * @param title plain text
 * @param description text with safe tags only
 * @param tags in the order given, in place of those before
 * @param albumIds the albums it is in, in place of those before
 * @param published whether the public sees it
 */
public record PhotoChange(
    String title,
    CleanHtml description,
    List<String> tags,
    List<Long> albumIds,
    Boolean published) {}
