package slipway.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several acts that begin at the same moment, each on a thread of its own. */
public final class AtOnce {
  private AtOnce() {}

  /**
   * Does them, and tells the outcome of each, in their order.
   *
   * @throws Exception when one of them failed, and why
   */
  public static <T> List<T> run(int count, IntFunction<Callable<T>> acts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<T>> all =
          IntStream.range(0, count)
              .mapToObj(
                  i -> {
                    Callable<T> act = acts.apply(i);
                    return (Callable<T>)
                        () -> {
                          start.await();
                          return act.call();
                        };
                  })
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(all)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
