package slipway.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One TCP connection to a server, to send requests no proper client would: made by hand, slowly, or
 * cut in the middle. Reading gives up after 30 seconds.
 */
public final class RawConnection implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;
  private static final int SMALL_WINDOW = 16 * 1024;

  private final Socket socket = new Socket();
  private final InputStream in;

  private RawConnection(int port, int window) throws IOException {
    if (window > 0) {
      socket.setReceiveBufferSize(window);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to a server. */
  public static RawConnection to(Server server) throws IOException {
    return to(server.port());
  }

  /** Connects to a port of this machine. */
  public static RawConnection to(int port) throws IOException {
    return new RawConnection(port, 0);
  }

  /**
   * Connects to a server, and lets the kernel take next to nothing that is not read: it would take
   * megabytes, which have to be sent before a reader who reads nothing is noticed.
   */
  public static RawConnection withSmallWindow(Server server) throws IOException {
    return new RawConnection(server.port(), SMALL_WINDOW);
  }

  /** Sends a text as it is, in UTF-8; lines of a request end with {@code \r\n}. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes at once.
   *
   * @throws SocketException when the server has closed the connection, seen a little late by nature
   */
  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Ends the sending side (FIN) and continues reading. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Cuts the connection (RST), as a lost network or a killed client does. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * The next answer, {@code 100 Continue} included; empty when the server closed or reset the
   * connection before its end.
   *
   * @throws java.net.SocketTimeoutException when none came within 30 seconds
   */
  public Optional<Answer> answer() throws IOException {
    return answer(true);
  }

  /** The same of the answer to a HEAD, which has no body, whatever it says of its length. */
  public Optional<Answer> answerToHead() throws IOException {
    return answer(false);
  }

  private Optional<Answer> answer(boolean hasBody) throws IOException {
    try {
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      HttpHeaders headers = headers();
      byte[] body = hasBody ? body(status, headers) : new byte[0];
      return Optional.of(new Answer(status, headers, body));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
  }

  /** The first line of the next answer, whose rest stays unread. */
  public String statusLine() throws IOException {
    return line();
  }

  /** Reads some bytes, as many as there are at most; -1 when the server has closed. */
  public int read(byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketException e) {
      return -1;
    }
  }

  /** Closes the connection. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private HttpHeaders headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      headers.computeIfAbsent(name, n -> new ArrayList<>()).add(line.substring(colon + 1).strip());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  /** The body by the rules of RFC 9112, section 6.3. */
  private byte[] body(int status, HttpHeaders headers) throws IOException {
    if (status < 200 || status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.firstValue("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    var length = headers.firstValue("Content-Length");
    return length.isPresent() ? exactly(Integer.parseInt(length.get())) : in.readAllBytes();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      byte[] chunk = exactly(Integer.parseInt(line().split(";", 2)[0].strip(), 16));
      body.writeBytes(chunk);
      if (chunk.length == 0) {
        headers(); // trailers
        return body.toByteArray();
      }
      line();
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
