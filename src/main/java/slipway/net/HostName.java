package slipway.net;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of hosts as they stand in a URL: of the DNS, in ASCII, or an IP address. */
public final class HostName {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /** What ends so is an address, or meant to be one. */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?\\d+");

  private static final int LONGEST = 253;

  /** Mapped by IDNA2003, and letters or joiners of their own by IDNA2008 (UTS #46, 7). */
  private static final Pattern AMBIGUOUS = Pattern.compile("[ßẞς\\u200C\\u200D]");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private HostName() {}

  /** The host of an absolute URL in small letters, an underscore in it or not; empty for none. */
  public static String of(URI url) {
    String authority = url.getHost() == null ? url.getRawAuthority() : url.getHost();
    String host = authority == null ? "" : authority.substring(authority.indexOf('@') + 1);
    return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
  }

  /**
   * A name as the DNS has it (RFC 3490); empty where it is none. What IDNA of 2003 and of 2008 take
   * for two names, as those with {@code ß}, has to be given in ASCII: nobody is sent to another's.
   */
  public static Optional<String> ascii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return isOne(name) ? Optional.of(name) : Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(name);
      return isOne(ascii) && !AMBIGUOUS.matcher(name).find()
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is one, without a scheme, port or path; IPv6 addresses stand in brackets. */
  public static boolean isOne(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.contains(":") ? name.startsWith("[") : NUMERIC.matcher(name).matches()) {
      return AddressRange.address(name).isPresent();
    }
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }
}
