package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedFlushTest {
  private static final Path FOLDER = Path.of("a");
  private static final int MANY = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(MANY);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** What was there before each came is flushed when it leaves. */
  @Test
  void beginsAfterEachOfThoseItIsForHasCome() throws Exception {
    Set<Integer> names = ConcurrentHashMap.newKeySet();
    Set<Integer> flushed = ConcurrentHashMap.newKeySet();
    AtomicInteger flushes = new AtomicInteger();
    SharedFlush shared =
        new SharedFlush(
            folder -> {
              flushes.incrementAndGet();
              List<Integer> there = List.copyOf(names);
              pause(ThreadLocalRandom.current().nextInt(300));
              flushed.addAll(there);
            });
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int j = 0; j < 200; j++) {
                  int name = next.getAndIncrement();
                  names.add(name);
                  shared.sync(FOLDER);
                  assertThat(flushed).contains(name);
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    assertThat(flushes.get()).isLessThan(MANY * 200);
  }

  private static void pause(int micros) {
    long end = System.nanoTime() + micros * 1000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void tellsAllThatItFailedForAndNobodyElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    AtomicInteger flushes = new AtomicInteger();
    SharedFlush shared =
        new SharedFlush(
            folder -> {
              int number = flushes.incrementAndGet();
              if (number == 1) {
                begun.countDown();
                await(ends);
              } else if (number == 2) {
                throw new IOException("the disk is broken");
              }
            });
    Future<?> first = submit(shared);
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    List<Future<?>> others = List.of(submit(shared), submit(shared), submit(shared));
    while (flushes.get() == 1 && shared.waiting(FOLDER) < 3) {
      Thread.onSpinWait();
    }
    ends.countDown();
    first.get(60, TimeUnit.SECONDS);
    for (Future<?> other : others) {
      assertThatThrownBy(() -> other.get(60, TimeUnit.SECONDS))
          .hasStackTraceContaining("the disk is broken");
    }
    assertThat(flushes.get()).isEqualTo(2);
    shared.sync(FOLDER);
    assertThat(flushes.get()).isEqualTo(3);
  }

  private Future<?> submit(SharedFlush shared) {
    return threads.submit(
        () -> {
          shared.sync(FOLDER);
          return null;
        });
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void keepsFoldersApart() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    SharedFlush shared =
        new SharedFlush(
            folder -> {
              both.countDown();
              await(both);
            });
    Future<?> one = submit(shared);
    shared.sync(Path.of("b"));
    one.get(60, TimeUnit.SECONDS);
  }
}
