package slipway.harness;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A site's server on this machine, which takes calls. It answers 204 unless told otherwise. */
public final class Receiver implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  /** One request it got. */
  public record Got(String method, String uri, Headers headers, String body) {
    /** The first header of this name; null for none. */
    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile String location;

  /** On any free port. */
  public Receiver() {
    this(0);
  }

  /** On that port of every address of this machine. */
  public Receiver(int port) {
    this(() -> HttpServer.create(address(port), 0));
  }

  /** With TLS, on any free port. */
  public Receiver(SSLContext tls) {
    this(() -> https(tls));
  }

  private Receiver(Maker maker) {
    try {
      server = maker.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private interface Maker {
    HttpServer make() throws IOException;
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress((InetAddress) null, port);
  }

  private static HttpServer https(SSLContext tls) throws IOException {
    HttpsServer https = HttpsServer.create(address(0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return https;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      got.add(
          new Got(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body));
      held.await();
      if (location != null) {
        exchange.getResponseHeaders().set("Location", location);
      }
      Integer status = answers.poll();
      exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The status of the next answers, one each. */
  public void answer(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  /** Sends a Location with each answer. */
  public void redirectTo(String url) {
    location = url;
  }

  /** Answers no request until {@link #release}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  /** Answers those that were held, and the next. */
  public void release() {
    held.countDown();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** An address on it, by the name that shared servers may call. */
  public String url(String path) {
    return url(Server.RECEIVER, path);
  }

  /** An address on it, by another name. */
  public String url(String host, String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://" + host + ":" + port() + path;
  }

  /** The next request; fails when none comes. */
  public Got next() throws InterruptedException {
    Got next = got.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No request came within " + LIMIT_SECONDS + " seconds");
    }
    return next;
  }

  /** How many requests came that were not taken by {@link #next}. */
  public int waiting() {
    return got.size();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
