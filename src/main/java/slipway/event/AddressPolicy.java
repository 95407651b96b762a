package slipway.event;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import slipway.net.AddressRange;
import slipway.net.HostName;

/**
 * Resolves the hosts of outgoing calls to public addresses only. It is the client's own resolver:
 * what it checked is what is connected to, and a name cannot change in between (DNS rebinding).
 */
public final class AddressPolicy implements DnsResolver {
  /** The setting that names private addresses which may be called. */
  public static final String SETTING = "slipway.outgoing.allow-private";

  private static final String ALL = "true";
  private static final String NONE = "false";

  /** What is not public (the IANA special-purpose registry, RFC 6890, and multicast). */
  private static final List<AddressRange> NOT_PUBLIC_V4 =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3")
          .map(AddressRange::parse)
          .toList();

  /** Only this much of IPv6 is public (RFC 4291, 2.5.4)... */
  private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");

  /** ... except for tunnels, which lead to IPv4 addresses, and documentation. */
  private static final List<AddressRange> NOT_PUBLIC_V6 =
      Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
          .map(AddressRange::parse)
          .toList();

  private final DnsResolver names;
  private final boolean all;
  private final List<String> hosts;
  private final List<AddressRange> blocks;

  /**
   * The policy.
   *
   * @param allowed hosts, addresses and CIDR blocks that may be called although they are private;
   *     {@code true} for all, {@code false} or nothing for none
   * @throws IllegalArgumentException naming an entry that is none of these
   */
  public AddressPolicy(List<String> allowed) {
    this(allowed, SystemDefaultDnsResolver.INSTANCE);
  }

  /** The same, with another resolver of names. */
  AddressPolicy(List<String> allowed, DnsResolver names) {
    this.names = names;
    List<String> said = allowed.stream().map(AddressPolicy::lower).toList();
    this.all = said.contains(ALL);
    List<String> entries =
        said.stream().filter(entry -> !entry.equals(ALL) && !entry.equals(NONE)).toList();
    this.hosts = entries.stream().filter(AddressPolicy::isName).toList();
    this.blocks =
        entries.stream().filter(entry -> !isName(entry)).map(AddressPolicy::block).toList();
  }

  private static boolean isName(String entry) {
    return HostName.isOne(entry) && AddressRange.address(entry).isEmpty();
  }

  private static AddressRange block(String entry) {
    try {
      return AddressRange.parse(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The setting "
              + SETTING
              + " must be hosts, IP addresses and ranges such as 10.0.0.0/8, or true for all: '"
              + entry
              + "' is not one",
          e);
    }
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  /**
   * The addresses of a host that may be called.
   *
   * @throws RefusedAddressException when it has none
   * @throws UnknownHostException when it has no address at all
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    boolean allowed = all || hosts.contains(lower(host));
    InetAddress[] addresses =
        Stream.of(names.resolve(host))
            .filter(address -> allowed || isAllowed(address))
            .toArray(InetAddress[]::new);
    if (addresses.length == 0) {
      throw new RefusedAddressException();
    }
    return addresses;
  }

  /**
   * Whether a call to this address would be refused now. A name that has no address yet is not
   * refused: it may get one before the first call, which is checked again.
   *
   * @param url absolute, with a host
   */
  public boolean refuses(URI url) {
    try {
      resolve(HostName.of(url));
      return false;
    } catch (RefusedAddressException e) {
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** Java gives an IPv4-mapped IPv6 address as the IPv4 address that it is. */
  boolean isAllowed(InetAddress address) {
    if (blocks.stream().anyMatch(block -> block.contains(address))) {
      return true;
    }
    return address instanceof Inet6Address
        ? GLOBAL_V6.contains(address) && isOutside(NOT_PUBLIC_V6, address)
        : isOutside(NOT_PUBLIC_V4, address);
  }

  private static boolean isOutside(List<AddressRange> refused, InetAddress address) {
    return refused.stream().noneMatch(block -> block.contains(address));
  }
}
