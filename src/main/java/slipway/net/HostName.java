package slipway.net;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts as they stand in a URL: of the DNS, in ASCII, or an IP address. */
public final class HostName {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /** What ends so is an address, or meant to be one. */
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?\\d+");

  private static final int LONGEST = 253;

  private HostName() {}

  /** Whether a text is one, without a scheme, port or path; IPv6 addresses stand in brackets. */
  public static boolean isOne(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.contains(":") ? name.startsWith("[") : NUMERIC.matcher(name).matches()) {
      return AddressRange.address(name).isPresent();
    }
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }
}
