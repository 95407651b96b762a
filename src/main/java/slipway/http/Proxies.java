package slipway.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The proxies whose word about the visitor's side counts, by their addresses. */
public final class Proxies {
  /** A block of addresses, such as {@code 10.0.0.0/8} or {@code ::1} (RFC 4632, RFC 4291 2.3). */
  private record Block(byte[] address, int prefix) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit += 8) {
        int mask = 0xFF << Math.max(0, 8 - (prefix - bit));
        if (((address[bit / 8] ^ other[bit / 8]) & mask & 0xFF) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Block> blocks;

  /**
   * Proxies by address or CIDR block.
   *
   * @throws IllegalArgumentException naming what is none
   */
  public Proxies(List<String> blocks) {
    this.blocks = blocks.stream().map(Proxies::block).toList();
  }

  /** Whether the peer of that address is one of them. */
  boolean trusts(String address) {
    byte[] bytes = literal(address);
    return bytes != null && blocks.stream().anyMatch(block -> block.contains(bytes));
  }

  private static Block block(String text) {
    String[] parts = text.split("/", 2);
    byte[] address = literal(parts[0]);
    if (address != null) {
      try {
        int prefix = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
        if (prefix >= 0 && prefix <= address.length * 8) {
          return new Block(address, prefix);
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address and no block such as 10.0.0.0/8");
  }

  /** The bytes of an address; null for a name, which is never looked up. */
  private static byte[] literal(String text) {
    String address = text.replaceAll("^\\[|\\]$", "");
    if (!address.matches("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?")) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
