package slipway.scan;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to clamd for one query, which ends within a fixed time, however slowly the other
 * side reads or writes. For one thread.
 */
final class ClamdConnection implements AutoCloseable {
  private static final int MOST_REPLY_BYTES = 4096;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long end;

  private ClamdConnection(SocketChannel channel, Selector selector, SelectionKey key, long end) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
    this.end = end;
  }

  /**
   * Connects.
   *
   * @param most how long the whole conversation may take
   */
  static ClamdConnection open(ClamdAddress address, Duration toConnect, Duration most)
      throws IOException, InterruptedException {
    long now = System.nanoTime();
    SocketChannel channel = address.channel();
    Selector selector = null;
    boolean isDone = false;
    try {
      channel.configureBlocking(false);
      selector = Selector.open();
      boolean isConnected = channel.connect(address.socket());
      SelectionKey key = channel.register(selector, isConnected ? 0 : SelectionKey.OP_CONNECT);
      if (!isConnected) {
        new ClamdConnection(channel, selector, key, now + toConnect.toNanos())
            .await(SelectionKey.OP_CONNECT);
        channel.finishConnect();
      }
      isDone = true;
      return new ClamdConnection(channel, selector, key, now + most.toNanos());
    } finally {
      if (!isDone) {
        channel.close();
        if (selector != null) {
          selector.close();
        }
      }
    }
  }

  /**
   * Waits until one of these can be done.
   *
   * @return which of them
   * @throws InterruptedIOException when the time has run out
   */
  private int await(int operations) throws IOException, InterruptedException {
    key.interestOps(operations);
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new InterruptedIOException("clamd takes too long");
      }
      selector.select(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (selector.selectedKeys().remove(key)) {
        return key.readyOps();
      }
    }
  }

  /**
   * Sends bytes, unless the other side answers meanwhile.
   *
   * @return whether all of them were sent
   */
  boolean send(ByteBuffer bytes) throws IOException, InterruptedException {
    while (bytes.hasRemaining()) {
      int ready = await(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
      if ((ready & SelectionKey.OP_READ) != 0) {
        return false;
      }
      channel.write(bytes);
    }
    return true;
  }

  /**
   * Reads the reply, which ends with a zero byte.
   *
   * @throws EOFException when it was cut, or is none
   */
  String reply() throws IOException, InterruptedException {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(MOST_REPLY_BYTES);
    while (reply.size() < MOST_REPLY_BYTES) {
      await(SelectionKey.OP_READ);
      if (channel.read(some) < 0) {
        throw new EOFException("clamd closed the connection");
      }
      some.flip();
      while (some.hasRemaining()) {
        byte next = some.get();
        if (next == 0) {
          return reply.toString(StandardCharsets.UTF_8);
        }
        reply.write(next);
      }
      some.clear();
    }
    throw new EOFException("clamd's answer has no end");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
