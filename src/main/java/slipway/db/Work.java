package slipway.db;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * One caller's work for the {@link Writer}, and how it ended. The writer's part allocates no
 * memory, so that it can report an end when there is none left.
 */
final class Work<T> {
  /** Ends the writer. */
  static final Work<Void> LAST = new Work<>(tx -> null);

  /** How often the caller checks, in case the signal of the end was lost. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The state of a task. */
  private enum State {
    WAITING,
    /** Left by its caller before the writer took it. */
    GIVEN_UP,
    TAKEN,
    COMMITTED,
    /** It threw, and was rolled back. */
    THREW,
    /** It was not run, or rolled back for another reason. */
    NOT_WRITTEN,
    UNKNOWN,
    /** Its commit failed, but a read gives its outcome. */
    SETTLED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Thread caller = Thread.currentThread();
  private final HandleCallback<T, ?> callback;
  private final boolean isOnReserve;
  private T result;
  private Throwable failure;

  /** Work done in a transaction, repeated if that is rolled back. */
  Work(HandleCallback<T, ?> callback) {
    this(callback, false);
  }

  /** The same, with the reserved space or without. */
  Work(HandleCallback<T, ?> callback, boolean isOnReserve) {
    this.callback = callback;
    this.isOnReserve = isOnReserve;
  }

  /** Whether it runs alone, on the space that is reserved for a full disk. */
  boolean isOnReserve() {
    return isOnReserve;
  }

  /** For the writer: takes it; false when its caller has abandoned it. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  void run(Handle tx) throws Exception {
    result = callback.withHandle(tx);
  }

  void committed() {
    end(State.COMMITTED, null);
  }

  /** It was rolled back, as it threw this. */
  void threw(Throwable thrown) {
    end(State.THREW, thrown);
  }

  /** It was rolled back, or never run, for that reason. */
  void notWritten(Throwable reason) {
    end(State.NOT_WRITTEN, reason);
  }

  /** Nobody knows whether it will be in the database, for that reason. */
  void unknown(Throwable reason) {
    end(State.UNKNOWN, reason);
  }

  /** Its commit failed for that reason, but a read gives its outcome. */
  void settled(Throwable reason) {
    end(State.SETTLED, reason);
  }

  /** The first end counts. */
  private void end(State how, Throwable why) {
    if (state.get() == State.TAKEN) {
      failure = why;
      state.set(how);
      LockSupport.unpark(caller);
    }
  }

  /**
   * For its caller: waits for the end.
   *
   * @throws X what the work threw
   * @throws NotWrittenException when it was not taken in time, or rolled back
   * @throws UnknownOutcomeException when its commit failed, or did not end in time
   */
  <X extends Exception> T await(Duration most) throws X {
    long end = System.nanoTime() + most.toNanos();
    boolean interrupted = false;
    long left = most.toNanos();
    while (left > 0 && (state.get() == State.WAITING || state.get() == State.TAKEN)) {
      LockSupport.parkNanos(this, Math.min(left, LOOK_NANOS));
      interrupted |= Thread.interrupted();
      left = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    state.compareAndSet(State.WAITING, State.GIVEN_UP);
    return result(most);
  }

  @SuppressWarnings("unchecked")
  private <X extends Exception> T result(Duration waited) throws X {
    return switch (state.get()) {
      case COMMITTED -> result;
      case THREW -> {
        if (failure instanceof Exception exception) {
          throw (X) exception;
        }
        throw new NotWrittenException("A write ended in an error", failure);
      }
      case NOT_WRITTEN ->
          throw new NotWrittenException("The database does not accept writes now", failure);
      case UNKNOWN ->
          throw new UnknownOutcomeException("The outcome of a commit is not known", failure, false);
      case SETTLED -> throw new UnknownOutcomeException("A commit failed", failure, true);
      case GIVEN_UP ->
          throw new NotWrittenException("The database accepted no write within " + waited, null);
      default ->
          throw new UnknownOutcomeException("A write did not end within " + waited, null, false);
    };
  }
}
