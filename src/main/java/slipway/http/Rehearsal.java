package slipway.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Makes a reply in every format and discards it, to check that the service can answer. At the start
 * this also loads the classes that replies need: a class that once failed to load, because no file
 * could be opened, would be missing until a restart.
 */
public final class Rehearsal {
  private static final String LEVEL = "none";
  private static final SiteFields SITE = new SiteFields("a.test", "", "Rehearsal");

  private Rehearsal() {}

  /**
   * Makes the replies.
   *
   * @throws IOException when one cannot be written
   * @throws RuntimeException when one cannot be made
   */
  public static void run() throws IOException {
    Map<String, String> fields = Map.of("a", "b \u0000", "a b", "c");
    Reply list =
        Reply.of("ok", "one", fields)
            .with("many", List.of(new Reply.Item("item", fields, Map.of("text", "<b>"))));
    ApiException error = new ApiException(ErrorCode.SERVER_ERROR, "error");
    check(XmlReply.of(list, LEVEL));
    check(XmlReply.of(error, "said", LEVEL));
    check(JsonReply.of(list, LEVEL, SITE, "/", true));
    check(JsonReply.of(error, "said", LEVEL, "/", true));
  }

  private static void check(ReplyBody.Text text) throws IOException {
    ReplyBody body = new ReplyBody(null);
    body.add(text);
    if (body.size() == 0) {
      throw new IllegalStateException("A reply was empty");
    }
  }
}
