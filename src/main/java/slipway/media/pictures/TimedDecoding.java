package slipway.media.pictures;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decodes pictures within a bound of time, each on a thread of its own: no decoder looks at a clock
 * or an interrupt. One that does not end when it is told to is left behind with its thread, and
 * those are counted: beyond a few, none is begun until one of them has ended.
 */
public final class TimedDecoding {
  /** How long a decoding may take to end that was told to. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final AtomicInteger leftBehind = new AtomicInteger();
  private final Duration most;
  private final Duration grace;
  private final int mostLeftBehind;

  /**
   * Decodings of that length.
   *
   * @param most how long each may take
   */
  public TimedDecoding(Duration most) {
    this(most, GRACE, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  TimedDecoding(Duration most, Duration grace, int mostLeftBehind) {
    this.most = most;
    this.grace = grace;
    this.mostLeftBehind = mostLeftBehind;
    Gauge.builder("slipway.renditions.left.behind", leftBehind, AtomicInteger::get)
        .description("Decodings that did not end within their time, and still run")
        .register(Metrics.globalRegistry);
  }

  /** Something that decodes a picture. */
  interface Decoding {
    Preview run(Bound bound) throws IOException, NoPreviewException;
  }

  /**
   * Runs a decoding.
   *
   * @throws NoPreviewException when it throws that, or takes too long
   * @throws IOException when it cannot be begun now, as too many have been left behind
   */
  Preview run(Decoding decoding) throws IOException, NoPreviewException, InterruptedException {
    if (leftBehind.get() >= mostLeftBehind) {
      throw new IOException(leftBehind.get() + " decodings still run whose time is over");
    }
    Bound bound = new Bound();
    FutureTask<Preview> task = new FutureTask<>(() -> decoding.run(bound));
    Thread thread = start(task);
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      bound.end();
      leaveBehind(thread, task);
      throw NoPreviewException.broken(
          "The picture takes longer to decode than the " + most.toSeconds() + " seconds it has.");
    } finally {
      bound.end();
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "slipway-decoding");
    thread.setDaemon(true);
    // The JDK's own threads that are begun here outlive this one.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.start();
    return thread;
  }

  private void leaveBehind(Thread thread, FutureTask<Preview> task) throws InterruptedException {
    thread.join(grace.toMillis());
    if (task.isDone()) {
      return;
    }
    leftBehind.incrementAndGet();
    Thread last =
        new Thread(
            () -> {
              try {
                thread.join();
              } catch (InterruptedException e) {
                // Nobody does that.
              } finally {
                leftBehind.decrementAndGet();
              }
            },
            "slipway-decoding-end");
    last.setDaemon(true);
    last.setContextClassLoader(ClassLoader.getSystemClassLoader());
    last.start();
  }

  private static IOException failure(Throwable cause) throws NoPreviewException, IOException {
    if (cause instanceof NoPreviewException none) {
      throw none;
    }
    if (cause instanceof IOException failed) {
      throw failed;
    }
    if (cause instanceof RuntimeException failed) {
      throw failed;
    }
    if (cause instanceof Error failed) {
      throw failed;
    }
    return new IOException(cause);
  }
}
