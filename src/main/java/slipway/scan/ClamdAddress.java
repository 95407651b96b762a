package slipway.scan;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where clamd listens: the path of its socket, or a host with a port.
 *
 * @param path of its socket; null where it has a host
 * @param host its name or address; null where it has a path
 * @param port 1 to 65535; 0 where it has a path
 */
public record ClamdAddress(String path, String host, int port) {
  private static final int MOST_PORT = 65_535;

  /** The system's limit: 108 bytes with a zero at the end. */
  private static final int MOST_PATH_CHARS = 100;

  private static final Pattern HOST =
      Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+)):(?<port>\\d{1,5})");

  /** The address that a text says: {@code /path}, {@code host:port} or {@code [IPv6]:port}. */
  public static Optional<ClamdAddress> of(String text) {
    if (text.startsWith("/")) {
      return text.length() <= MOST_PATH_CHARS && text.indexOf('\0') < 0
          ? Optional.of(new ClamdAddress(text, null, 0))
          : Optional.empty();
    }
    Matcher parts = HOST.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group("port"));
    String host = parts.group("v6") == null ? parts.group("name") : parts.group("v6");
    return port >= 1 && port <= MOST_PORT
        ? Optional.of(new ClamdAddress(null, host, port))
        : Optional.empty();
  }

  /** A channel that is not connected yet; close it. */
  SocketChannel channel() throws IOException {
    return path == null ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /** Looked up each time: a name may stand for another address by now. */
  SocketAddress socket() throws IOException {
    if (path != null) {
      return UnixDomainSocketAddress.of(path);
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("No address is known of the host " + host);
    }
    return address;
  }

  /** In the form of the setting. */
  @Override
  public String toString() {
    return path == null ? host + ":" + port : path;
  }
}
