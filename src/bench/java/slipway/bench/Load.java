package slipway.bench;

import java.util.concurrent.Future;
import java.util.concurrent.Callable;
import java.util.ArrayList;
import java.util.List;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The same exchange over and over, on several kept connections. */
final class Load {
  /** One exchange. */
  interface Exchange {
    void run(Connection connection) throws IOException;
  }

  private Load() {}

  /** Runs {@code count} exchanges; gives nanoseconds of the server's CPU for each. */
  static double cpuEach(Subject subject, int connections, int count, Exchange exchange)
      throws Exception {
    long before = subject.cpu();
    run(subject.port(), connections, count, exchange);
    return (subject.cpu() - before) / (double) count;
  }

  static void run(int port, int connections, int count, Exchange exchange) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    try (Threads threads = new Threads(connections)) {
      for (int i = 0; i < connections; i++) {
        threads.go(
            () -> {
              try (Connection connection = new Connection(port)) {
                while (left.getAndDecrement() > 0) {
                  exchange.run(connection);
                }
              }
              return null;
            });
      }
    }
  }

  /** A pool that waits for its work, and fails when that does. */
  static final class Threads implements AutoCloseable {
    private final ExecutorService pool;
    private final List<Future<?>> futures =
        new ArrayList<>();

    Threads(int count) {
      pool = Executors.newFixedThreadPool(count);
    }

    void go(Callable<?> work) {
      futures.add(pool.submit(work));
    }

    @Override
    public void close() throws Exception {
      try {
        for (var future : futures) {
          future.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
