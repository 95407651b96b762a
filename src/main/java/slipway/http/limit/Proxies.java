package slipway.http.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import slipway.net.AddressRange;

/**
 * The reverse proxies that are trusted to name the client by {@code X-Forwarded-For}. From anyone
 * else the header is ignored.
 */
public final class Proxies {
  private final List<AddressRange> trusted;

  /**
   * Proxies at these addresses.
   *
   * @param ranges IP addresses and ranges such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException when one is neither
   */
  public Proxies(List<String> ranges) {
    this.trusted = AddressRange.all("slipway.proxies", ranges);
  }

  /** Whether the request comes straight from one of them. */
  public boolean sent(HttpServletRequest request) {
    return !trusted.isEmpty() && isTrusted(AddressRange.address(request.getRemoteAddr()));
  }

  /**
   * The client's IP address: that of the peer, or, behind trusted proxies, the last one in {@code
   * X-Forwarded-For} that is not a proxy's.
   */
  public String client(HttpServletRequest request) {
    String client = request.getRemoteAddr();
    if (!sent(request)) {
      return client;
    }
    String chain = String.join(",", Collections.list(request.getHeaders("X-Forwarded-For")));
    String[] hops = chain.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = AddressRange.address(hops[i].strip());
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get().getHostAddress();
      if (!isTrusted(hop)) {
        return client;
      }
    }
    return client;
  }

  /**
   * The address that limits count: the client's, or its /64 network in IPv6, as one client has all
   * of that.
   */
  public String countedAs(HttpServletRequest request) {
    String client = client(request);
    if (client.indexOf(':') < 0) {
      return client;
    }
    return AddressRange.address(client)
        .map(InetAddress::getAddress)
        .filter(bytes -> bytes.length > 4)
        .map(Proxies::network)
        .orElse(client);
  }

  private static String network(byte[] address) {
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      network.append(Integer.toHexString(address[i] & 0xFF)).append(i % 2 == 0 ? "." : ":");
    }
    return network.append(":/64").toString();
  }

  /** Whether the client is on this machine, with nobody in between. */
  public boolean isLocal(HttpServletRequest request) {
    boolean known =
        request.getHeader("X-Forwarded-For") == null
            ? request.getHeader("Forwarded") == null
            : sent(request);
    return known
        && AddressRange.address(client(request)).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  private boolean isTrusted(Optional<InetAddress> address) {
    return address.isPresent() && trusted.stream().anyMatch(range -> range.contains(address.get()));
  }
}
