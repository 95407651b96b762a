package slipway.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link at the foot of every page.
 *
 * @param words what it says, {@link #MOST_CHARS} characters at most
 * @param address where it leads: on the web, at the root of this host, or to a mailbox
 */
public record FooterLink(String words, String address) {
  /** How long its words are at most. */
  public static final int MOST_CHARS = 60;

  private static final Pattern ENTRY =
      Pattern.compile("(?<words>\\S.{0," + (MOST_CHARS - 1) + "}?)\\s+(?<address>\\S+)");
  private static final Pattern PATH = Pattern.compile("/(?![/\\\\]).*");

  /** The one of an entry such as {@code Imprint https://example.com/imprint}. */
  public static Optional<FooterLink> of(String entry) {
    Matcher parts = ENTRY.matcher(entry);
    return parts.matches() && leadsSomewhere(parts.group("address"))
        ? Optional.of(new FooterLink(parts.group("words"), parts.group("address")))
        : Optional.empty();
  }

  private static boolean leadsSomewhere(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getScheme() == null) {
        return PATH.matcher(address).matches();
      }
      return switch (uri.getScheme()) {
        case "https", "http" -> uri.getHost() != null && uri.getUserInfo() == null;
        case "mailto" -> uri.getSchemeSpecificPart().contains("@");
        default -> false;
      };
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
