package slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import slipway.language.Saying;
import slipway.upload.FileRules;
import slipway.upload.UploadRefusedException;

/**
 * What the page of an upload link tells a guest who comes back to it.
 *
 * @param text in the guest's language; empty for nothing
 * @param isThanks whether an upload has succeeded
 */
record DropNews(String text, boolean isThanks) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+");

  /** What does not depend on the link. */
  private static final List<String> REFUSALS =
      List.of(
          "refused.no_file",
          "refused.empty",
          "refused.one_file",
          "refused.link_full",
          "refused.in_use",
          "refused.no_room",
          "refused.later",
          "refused.busy");

  /**
   * Those of a request.
   *
   * @param rules which files the link takes
   */
  static DropNews of(HttpServletRequest request, FileRules rules) {
    Texts texts = Texts.of(request);
    if (isNumber(request.getParameter("photo_id"))) {
      return new DropNews(texts.say("drop.thanks"), true);
    }
    if ("wrong".equals(request.getParameter("password"))) {
      return new DropNews(texts.say("drop.wrong"), false);
    }
    if (isNumber(request.getParameter("wait"))) {
      return new DropNews(texts.say("drop.wait"), false);
    }
    String refusal = request.getParameter("error_message");
    return new DropNews(refusal == null ? "" : refused(refusal, texts, rules), false);
  }

  private static boolean isNumber(String text) {
    return text != null && NUMBER.matcher(text).matches();
  }

  /** Only what the server itself says is repeated: addresses with other words are anybody's. */
  private static String refused(String message, Texts texts, FileRules rules) {
    return Stream.concat(REFUSALS.stream().map(Saying::of), ofFiles(message, rules))
        .map(texts.language()::say)
        .filter(message::equals)
        .findFirst()
        .orElseGet(() -> texts.say("drop.failed"));
  }

  private static Stream<Saying> ofFiles(String message, FileRules rules) {
    Matcher type = TYPE.matcher(message);
    return Stream.concat(
        refusal(() -> rules.checkSize(Long.MAX_VALUE)),
        type.find() ? refusal(() -> rules.checkType(type.group())) : Stream.empty());
  }

  /** A check that a file may fail. */
  @FunctionalInterface
  private interface FileCheck {
    void run() throws UploadRefusedException;
  }

  private static Stream<Saying> refusal(FileCheck check) {
    try {
      check.run();
      return Stream.empty();
    } catch (UploadRefusedException e) {
      return Stream.of(e.saying());
    }
  }
}
