package slipway.bench;

import java.util.Locale;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A kept HTTP connection that costs its own side as little as may be. */
final class Connection implements AutoCloseable {
  private final int port;
  private Socket socket;
  private InputStream in;

  Connection(int port) throws IOException {
    this.port = port;
    open();
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Reads one answer: its head, an empty line, and its body, if there is one. */
  String answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
    int ended = 0;
    while (ended < 4) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException(answer.toString(StandardCharsets.UTF_8));
      }
      answer.write(b);
      ended = b == "\r\n\r\n".charAt(ended) ? ended + 1 : b == '\r' ? 1 : 0;
    }
    String head = answer.toString(StandardCharsets.UTF_8);
    int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    String all = head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (head.contains("Connection: close")) {
      // Tomcat ends a connection after 100 requests.
      socket.close();
      open();
    }
    return all;
  }

  String exchange(byte[] request) throws IOException {
    out().write(request);
    return answer();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
