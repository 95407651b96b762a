package slipway.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Passes requests on to a store that speaks S3, knows what each of them asks for, and is a store in
 * trouble as it is told. For many threads.
 */
public final class StoreRelay implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final int target;
  private final ServerSocket listening;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<BucketRequest.Kind, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** To the store that listens on that port. */
  public StoreRelay(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** A trouble, and which requests it befalls, as long as some are left. */
  private record Rule(Predicate<BucketRequest> which, AtomicInteger left, StoreTrouble trouble) {
    boolean isOf(BucketRequest request) {
      return which.test(request) && left.getAndDecrement() > 0;
    }
  }

  /** A request that goes no further, nor its answer, until its connection is ended. */
  public static final class Held {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final boolean isDone;

    private Held(boolean isDone) {
      this.isDone = isDone;
    }

    private void befall(StoreExchange exchange) throws IOException {
      if (isDone) {
        exchange.passRequest();
        exchange.answer();
      } else if (exchange.request().bytes() > 0) {
        exchange.passSome(exchange.request().bytes() / 2);
      }
      reached.countDown();
      await(over);
      throw new EOFException("The connection is cut");
    }

    /** Waits until such a request has come. */
    public void await() {
      if (!await(reached)) {
        throw new AssertionError("No such request came");
      }
    }

    private static boolean await(CountDownLatch latch) {
      try {
        return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** Ends its connection. */
    public void cut() {
      over.countDown();
    }
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Has requests have trouble, the next ones of them, until it is mended. */
  public void trouble(Predicate<BucketRequest> which, int times, StoreTrouble trouble) {
    rules.add(new Rule(which, new AtomicInteger(times), trouble));
  }

  /** Has all requests have trouble. */
  public void trouble(StoreTrouble trouble) {
    trouble(any -> true, Integer.MAX_VALUE, trouble);
  }

  /**
   * Holds the next such request.
   *
   * @param isDone whether the store gets it whole, and its answer is held; else half of its body,
   *     or nothing
   */
  public Held hold(Predicate<BucketRequest> which, boolean isDone) {
    Held held = new Held(isDone);
    trouble(which, 1, held::befall);
    return held;
  }

  /** Has all be well again. */
  public void mend() {
    rules.clear();
  }

  /** How many requests of each kind came, and begins to count anew. */
  public Map<BucketRequest.Kind, Integer> counted() {
    Map<BucketRequest.Kind, Integer> all = new EnumMap<>(BucketRequest.Kind.class);
    counts.forEach((kind, count) -> all.put(kind, count.getAndSet(0)));
    all.values().removeIf(count -> count == 0);
    return all;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "store-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        start(() -> serve(client));
      } catch (IOException e) {
        // It is closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket store = new Socket(InetAddress.getLoopbackAddress(), target)) {
      serve(wires(client), wires(store));
    } catch (IOException e) {
      // The connection has ended, or was to end.
    } finally {
      open.remove(client);
    }
  }

  private static StoreExchange.StoreWires wires(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new StoreExchange.StoreWires(
        new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
  }

  private void serve(StoreExchange.StoreWires client, StoreExchange.StoreWires store)
      throws IOException {
    Optional<HttpHead> head = HttpHead.read(client.in());
    while (head.isPresent()) {
      StoreExchange exchange = new StoreExchange(head.get(), client, store);
      count(exchange.request());
      trouble(exchange.request()).befall(exchange);
      head = HttpHead.read(client.in());
    }
  }

  private void count(BucketRequest request) {
    counts.computeIfAbsent(request.kind(), none -> new AtomicInteger()).incrementAndGet();
  }

  private StoreTrouble trouble(BucketRequest request) {
    return rules.stream()
        .filter(rule -> rule.isOf(request))
        .map(Rule::trouble)
        .findFirst()
        .orElse(StoreExchange::passOn);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
