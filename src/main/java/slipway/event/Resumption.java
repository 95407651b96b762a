package slipway.event;

import java.time.Duration;

/**
 * Puts the calls in order that an earlier run has left, before any of them is made or given up: in
 * the background, some in one transaction, as they may be many.
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

  /** Moves the calls in time, by the steps that follow. */
  void shift(Duration moved) {
    shift.begin(moved);
  }

  /** Has a step taken by each {@link #goOn}; for the start. */
  void begin() {
    graceEnd = backlog.graceEnd();
    isOpen = true;
  }

  /** Whether calls must wait yet. */
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
