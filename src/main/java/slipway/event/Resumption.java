package slipway.event;

import java.time.Duration;

/**
 * Adjusts the calls that an earlier run has left, before any of them is made or given up: in the
 * background and some at a time, as there may be many.
 */
final class Resumption {
  private final CallShift shift;
  private final Backlog backlog;
  private boolean isShifted;
  private long graceEnd;
  private volatile boolean isOpen;

  Resumption(CallShift shift, Backlog backlog) {
    this.shift = shift;
    this.backlog = backlog;
  }

  /** Moves the planned times of the calls, by the following steps. */
  void shift(Duration moved) {
    shift.begin(moved);
  }

  /** Prepares the steps that {@link #goOn} takes; for the start. */
  void begin() {
    graceEnd = backlog.graceEnd();
    isOpen = true;
  }

  /** Whether calls still have to wait. */
  boolean isOpen() {
    return isOpen;
  }

  /**
   * Takes a step, if there is one; for one thread.
   *
   * @return whether there may be more
   */
  boolean goOn() {
    if (isOpen && !isShifted) {
      isShifted = !shift.step();
    } else if (isOpen) {
      isOpen = backlog.resume(graceEnd);
    }
    return isOpen;
  }
}
