package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Requests of one upload wait for the same thing, all of them until the same moment. For many
 * threads.
 */
final class SharedWait {
  /** How long they wait, counted from the first one. */
  static final Duration MOST = Duration.ofSeconds(10);

  private final BooleanSupplier isMet;
  private final WaitingSenders all;
  private final long most;
  private final LongSupplier nanos;
  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** When they wait no longer; null while nobody has waited. */
  @GuardedBy("lock")
  private Long deadline;

  @GuardedBy("lock")
  private boolean isEnded;

  /**
   * With nobody who waits yet.
   *
   * @param isMet whether what they wait for has come
   * @param all those that wait, of all uploads
   */
  SharedWait(BooleanSupplier isMet, WaitingSenders all, Duration most, LongSupplier nanos) {
    this.isMet = isMet;
    this.all = all;
    this.most = most.toNanos();
    this.nanos = nanos;
  }

  /** Whether there is nothing to wait for, or no time left. */
  boolean isOver() {
    lock.lock();
    try {
      return isEnded || (deadline != null && left() <= 0) || isMet.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until that is so.
   *
   * @return false, at once, where too many wait
   */
  boolean await(Sender who) {
    if (isOver()) {
      return true;
    }
    if (!all.begin(who.address())) {
      return false;
    }
    lock.lock();
    try {
      begin();
      long left = left();
      while (left > 0 && !isOver()) {
        left = Math.min(news.awaitNanos(left), left());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
      all.end(who.address());
    }
  }

  @GuardedBy("lock")
  private long left() {
    return deadline == null ? 0 : deadline - nanos.getAsLong();
  }

  /** The time runs from now on, unless it does already. */
  void begin() {
    lock.lock();
    try {
      deadline = deadline == null ? Long.valueOf(nanos.getAsLong() + most) : deadline;
    } finally {
      lock.unlock();
    }
  }

  /** Has those that wait look whether it is met. */
  void news() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any longer. */
  void end() {
    lock.lock();
    try {
      isEnded = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Has them wait again, as bytes are gone. */
  void reset() {
    lock.lock();
    try {
      deadline = null;
      isEnded = false;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
