package slipway.db.postgres;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The writes that are under way, which closing waits for. */
final class WritesUnderWay {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int running;
  private boolean closed;

  /** The write itself. */
  @FunctionalInterface
  interface Act<T, X extends Exception> {
    T run() throws X;
  }

  <T, X extends Exception> T in(Act<T, X> act) throws X {
    begin();
    try {
      return act.run();
    } finally {
      end();
    }
  }

  private void begin() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The database is closed");
      }
      running++;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running--;
      if (running == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more, and waits for the last; false when it has not ended in time. */
  boolean end(long most, TimeUnit unit) {
    lock.lock();
    try {
      closed = true;
      long left = unit.toNanos(most);
      while (running > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
      return running == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
