package slipway.upload.resumable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that begin at the same moment. */
final class Crowd implements AutoCloseable {
  /** Far more than any of them needs: who takes longer is stuck. */
  private static final int STUCK_SECONDS = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Something that a thread does. */
  @FunctionalInterface
  interface Act {
    void run() throws Exception;
  }

  /** Begins one beside the caller. */
  Future<Void> begin(Act act) {
    return threads.submit(
        () -> {
          act.run();
          return null;
        });
  }

  /** Has all of them begin together, and waits; what one of them throws is thrown. */
  <T> List<T> together(List<Callable<T>> acts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(acts.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> act : acts) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return act.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      results.add(end(one));
    }
    return results;
  }

  /** The same for acts without a result. */
  void together(Act... acts) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (Act act : acts) {
      all.add(
          () -> {
            act.run();
            return null;
          });
    }
    together(all);
  }

  /** Waits for one. */
  static <T> T end(Future<T> running) throws Exception {
    return running.get(STUCK_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits as a slow disk does. */
  static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
