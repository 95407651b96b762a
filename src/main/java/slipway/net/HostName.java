package slipway.net;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of hosts as they appear in a URL: of the DNS, in ASCII, or an IP address. */
public final class HostName {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private static final int LONGEST = 253;

  /** Mapped by IDNA2003, and letters or joiners of their own by IDNA2008 (UTS #46, 7). */
  private static final Pattern AMBIGUOUS = Pattern.compile("[ßẞς\\u200C\\u200D]");

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  /** Groups of four hexadecimal digits, in an IPv6 address. */
  private static final int GROUPS = 8;

  private HostName() {}

  /** The host of an absolute URL in small letters, an underscore in it or not; empty for none. */
  public static String of(URI url) {
    String authority = url.getHost() == null ? url.getRawAuthority() : url.getHost();
    String host = authority == null ? "" : authority.substring(authority.indexOf('@') + 1);
    return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
  }

  /**
   * A name in the DNS's form (RFC 3490); empty if it is not valid. A name that IDNA 2003 and 2008
   * map differently, such as one with {@code ß}, has to be given in ASCII, so that nobody is sent
   * to somebody else's host.
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

  /**
   * A host as browsers write it in an origin (URL Standard, 3.5): an IPv6 address in its shortest
   * form. Empty for an address that they do not take, or take for another.
   */
  public static Optional<String> inOrigin(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      return AddressRange.address(name).map(HostName::shortest).filter(one -> !one.contains("%"));
    }
    return isNumeric(name)
        ? AddressRange.address(name).map(InetAddress::getHostAddress).filter(name::equals)
        : Optional.of(name);
  }

  /** Whether the last label is a number: the name is an address, or meant to be one. */
  private static boolean isNumeric(String name) {
    int digits = name.length();
    while (digits > 0 && name.charAt(digits - 1) >= '0' && name.charAt(digits - 1) <= '9') {
      digits--;
    }
    return digits < name.length() && (digits == 0 || name.charAt(digits - 1) == '.');
  }

  /** The first longest run of zeros is replaced by two colons. */
  private static String shortest(InetAddress address) {
    if (address instanceof Inet4Address) {
      // Java converts an IPv4 address within IPv6 to plain IPv4.
      int bits = ByteBuffer.wrap(address.getAddress()).getInt();
      return "[::ffff:%x:%x]".formatted(bits >>> Short.SIZE, bits & 0xFFFF);
    }
    String all = address.getHostAddress();
    String found = all;
    for (int more = GROUPS - 1; more > 0 && found.equals(all); more--) {
      found = all.replaceFirst("(^|:)0(:0){" + more + "}(:|$)", "::");
    }
    return "[" + found + "]";
  }

  /** Whether a text is one, without a scheme, port or path; IPv6 addresses are in brackets. */
  public static boolean isOne(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.contains(":") ? name.startsWith("[") : isNumeric(name)) {
      return AddressRange.address(name).isPresent();
    }
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }
}
