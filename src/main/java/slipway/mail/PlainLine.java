package slipway.mail;

import java.util.regex.Pattern;
import slipway.details.CutText;
import slipway.details.LegalText;

/**
 * Texts of others as one line of an e-mail: without line breaks, control characters, and those that
 * turn the direction of what follows or are not seen.
 */
final class PlainLine {
  /** Characters of one line. */
  static final int LONGEST = 100;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

  /** Joiners within emoji and words of some scripts stay. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}&&[^\\u200C\\u200D]]");

  /** Where programs find the parts of an address, and make a link of it. */
  private static final Pattern OF_ADDRESS = Pattern.compile("[.:@/](?=\\S)");

  private static final String NO_LINK = "$0\u200B";

  private PlainLine() {}

  /** A title that the site's own people gave. */
  static String of(String text) {
    String line = UNSEEN.matcher(LegalText.of(BREAKS.matcher(text).replaceAll(" "))).replaceAll("");
    return CutText.plain(line.strip(), LONGEST, Long.MAX_VALUE);
  }

  /**
   * What a visitor wrote, of which no program makes a link: an unseen space stands in each address,
   * as the e-mail is the site's own word otherwise.
   */
  static String ofVisitor(String text) {
    return OF_ADDRESS.matcher(of(text)).replaceAll(NO_LINK);
  }
}
