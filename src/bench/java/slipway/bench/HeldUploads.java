package slipway.bench;

import java.util.concurrent.locks.LockSupport;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import slipway.harness.Container;

/** Many uploads at 1 KB/s, and what a fresh request waits meanwhile. */
final class HeldUploads {
  private static final int TOKENS = 300;
  private static final int FRESH = 15;

  private HeldUploads() {}

  static void run(Container container, int count) throws Exception {
    if (Runtime.version().feature() < 21) {
      Bench.say("Held uploads are not measured: without virtual threads (Java 21) few are held");
      return;
    }
    try (Subject slipway = Subject.slipway(container, Bench.jvm("held", "-Xmx1g"))) {
      try (Connection warm = new Connection(slipway.port())) {
        for (int i = 0; i < 2000; i++) {
          slipway.token(warm);
        }
        for (int i = 0; i < 20; i++) {
          Uploads.fresh(slipway, warm, 1 << 20);
        }
      }
      long before = slipway.memory();
      List<SocketChannel> held = begin(slipway, count);
      AtomicBoolean ended = new AtomicBoolean();
      Thread feeder = new Thread(() -> feed(held, ended), "feeder");
      feeder.start();
      Thread.sleep(12_000);
      long cpu = slipway.cpu();
      long start = System.nanoTime();
      double[] tokens = new double[TOKENS];
      double[] fresh = new double[FRESH];
      try (Connection connection = new Connection(slipway.port())) {
        for (int i = 0; i < TOKENS; i++) {
          long t = System.nanoTime();
          slipway.token(connection);
          tokens[i] = (System.nanoTime() - t) / 1e6;
          Thread.sleep(20);
        }
        for (int i = 0; i < FRESH; i++) {
          long t = System.nanoTime();
          Uploads.fresh(slipway, connection, 1 << 20);
          fresh[i] = (System.nanoTime() - t) / 1e6;
          Thread.sleep(100);
        }
      }
      double busy = (slipway.cpu() - cpu) / (double) (System.nanoTime() - start);
      long after = slipway.memory();
      ended.set(true);
      feeder.join();
      Arrays.sort(tokens);
      Arrays.sort(fresh);
      long open = held.stream().filter(SocketChannel::isOpen).count();
      Bench.say(
          "%s, %d uploads held at 1 KB/s (%d still open at the end): token p50 %.1f ms, p99 %.1f"
              + " ms; 1 MB upload p50 %.0f ms, worst %.0f ms; server CPU %.2f cores; resident"
              + " memory +%.1f KiB each (%d to %d MiB)",
          container, count, open, tokens[TOKENS / 2], tokens[TOKENS * 99 / 100], fresh[FRESH / 2],
          fresh[FRESH - 1], busy, (after - before) / (double) count, before / 1024, after / 1024);
      for (SocketChannel channel : held) {
        channel.close();
      }
    }
  }

  private static List<SocketChannel> begin(Subject slipway, int count) throws Exception {
    List<SocketChannel> held = new ArrayList<>();
    String token = "";
    try (Connection connection = new Connection(slipway.port())) {
      for (int i = 0; i < count; i++) {
        if (i % 10 == 0) {
          token = slipway.token(connection);
        }
        SocketChannel channel =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), slipway.port()));
        channel.write(ByteBuffer.wrap(head(token)));
        channel.configureBlocking(false);
        held.add(channel);
      }
    }
    return held;
  }

  private static byte[] head(String token) {
    String before =
        "--x\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n" + token
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    return ("POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: bench\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 10000000\r\n\r\n"
            + before)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** A KB a second to each, spread over the second. */
  private static void feed(List<SocketChannel> held, AtomicBoolean ended) {
    byte[] piece = Content.jpeg(1024);
    int slice = Math.max(1, held.size() / 50);
    long next = System.nanoTime();
    for (int from = 0; !ended.get(); from = from + slice >= held.size() ? 0 : from + slice) {
      for (int i = from; i < Math.min(held.size(), from + slice); i++) {
        try {
          held.get(i).write(ByteBuffer.wrap(piece));
        } catch (IOException e) {
          close(held.get(i));
        }
      }
      next += 20_000_000;
      long wait = next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
