package slipway.http.viewlink;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.viewlink.ViewLink;

/** What a link to look at something is asked to be, and what is told of it. */
final class ViewLinkReply {
  private static final int MOST_DAYS = 90;
  private static final int DEFAULT_DAYS = 7;

  /** How long it works. */
  private static final Parameter<Integer> VALID_MINUTES =
      Parameter.integer("valid_minutes", 1, minutes(MOST_DAYS))
          .orElse(minutes(DEFAULT_DAYS))
          .words("How long the link works.");

  private static final Parameter<Boolean> ORIGINALS =
      Parameter.flag("original_p")
          .orElse(false)
          .words(
              "1: the link gives the original files, too. Without it, a video that has no other"
                  + " version is still played from its original.");

  static final List<Parameter<?>> PARAMETERS = List.of(VALID_MINUTES, ORIGINALS);

  private ViewLinkReply() {}

  private static int minutes(int days) {
    return (int) Duration.ofDays(days).toMinutes();
  }

  /** When it ends, to the second. */
  static Instant until(Parameters parameters, Clock clock) throws ApiException {
    return clock
        .instant()
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(VALID_MINUTES.of(parameters), ChronoUnit.MINUTES);
  }

  static boolean hasOriginals(Parameters parameters) throws ApiException {
    return ORIGINALS.of(parameters);
  }

  static Reply of(ViewLink link, ApiCall call) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", call.browser().absolute("/view/" + link.text()));
    if (link.photo() == null) {
      fields.put("album_id", Long.toString(link.album().albumId()));
    } else {
      fields.put("photo_id", Long.toString(link.photo().photoId()));
    }
    fields.put("valid_until", Long.toString(link.until().getEpochSecond()));
    fields.put("original_p", link.hasOriginals() ? "1" : "0");
    return Reply.of("The link is ready to use", "viewlink", fields);
  }
}
