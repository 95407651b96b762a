package slipway.scan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meaning of clamd's replies to INSTREAM. An unknown reply is no verdict. */
final class ClamdReply {
  private static final String CLEAN = "stream: OK";
  private static final Pattern FOUND = Pattern.compile("stream: (.+) FOUND", Pattern.DOTALL);
  private static final String TOO_LARGE = "INSTREAM size limit exceeded";

  private ClamdReply() {}

  /**
   * The verdict of a reply.
   *
   * @param isWhole whether the whole file was sent before it came
   */
  static ScanVerdict verdict(String reply, boolean isWhole) {
    Matcher found = FOUND.matcher(reply);
    if (found.matches()) {
      return ScanVerdict.infected(found.group(1));
    }
    if (reply.contains(TOO_LARGE)) {
      return ScanVerdict.tooLarge();
    }
    return isWhole && reply.equals(CLEAN)
        ? ScanVerdict.CLEAN
        : ScanVerdict.unknown("The virus scanner gave no verdict.");
  }
}
