package slipway.media.program;

import java.util.Set;

/**
 * The exit status of a program that works on a visitor's file. A signal that ended it is one that
 * its own run had, such as a segmentation fault, or one that somebody sent: the system when it is
 * out of memory, a service manager, an administrator.
 *
 * @param status as the system gives it
 */
public record EndStatus(int status) {
  /** From there on, up to {@link #LAST_SIGNAL}, a status stands for a signal. */
  private static final int SIGNALS = 128;

  private static final int LAST_SIGNAL = SIGNALS + 31;

  /** Hang-up, interrupt, termination. */
  private static final Set<Integer> OF_EVERYTHING = Set.of(1, 2, 15);

  /** ILL, TRAP, ABRT, FPE, SEGV, XCPU, XFSZ, SYS. */
  private static final Set<Integer> OF_ITS_RUN = Set.of(4, 5, 6, 8, 11, 24, 25, 31);

  /** Whether somebody wanted it to end, or everything to. */
  public boolean isToldToEnd() {
    return isSignal() && OF_EVERYTHING.contains(status - SIGNALS);
  }

  /** Whether a signal ended it that its own run had. */
  public boolean isCrash() {
    return isSignal() && OF_ITS_RUN.contains(status - SIGNALS);
  }

  /** Whether a signal ended it that came from outside, such as that of a system out of memory. */
  public boolean isKilled() {
    return isSignal() && !isToldToEnd() && !isCrash();
  }

  private boolean isSignal() {
    return status > SIGNALS && status <= LAST_SIGNAL;
  }
}
