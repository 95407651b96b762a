package slipway.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The IP addresses that begin with the same bits, such as {@code 10.0.0.0/8} (RFC 4632, 3.1). */
public record AddressRange(InetAddress first, int prefixBits) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F]*(:[0-9a-fA-F.]*){2,8}(%\\w+)?");

  /**
   * The ranges that a setting gives.
   *
   * @throws IllegalArgumentException naming the setting and the entry that is not a range
   */
  public static List<AddressRange> all(String setting, List<String> texts) {
    try {
      return texts.stream().map(AddressRange::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The setting " + setting + " is not valid: " + e.getMessage(), e);
    }
  }

  /**
   * A range, or one address.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  public static AddressRange parse(String text) {
    String[] parts = text.split("/", 2);
    InetAddress address =
        address(parts[0]).orElseThrow(() -> new IllegalArgumentException(invalid(text)));
    int most = address.getAddress().length * Byte.SIZE;
    if (parts.length == 1) {
      return new AddressRange(address, most);
    }
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most) {
      throw new IllegalArgumentException(invalid(text));
    }
    return new AddressRange(address, Integer.parseInt(parts[1]));
  }

  private static String invalid(String text) {
    return "'" + text + "' is neither an IP address nor a range such as 10.0.0.0/8";
  }

  /**
   * The address that is written there; empty for anything else, as nothing is looked up by name.
   */
  public static Optional<InetAddress> address(String text) {
    String literal = text.startsWith("[") ? text.replaceAll("^\\[|\\]$", "") : text;
    if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether the address is in the range. One of the other IP version never is. */
  public boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
