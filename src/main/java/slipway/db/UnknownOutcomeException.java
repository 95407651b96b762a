package slipway.db;

import slipway.health.UnavailableException;

/**
 * A write whose outcome is unknown, now or after a restart: its commit failed, or did not end in
 * time. What depends on the write must be kept until the outcome is known: at once if it {@link
 * #isSettled}, otherwise when {@link Database#whenSettled} runs its task.
 */
public final class UnknownOutcomeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private final boolean settled;

  /**
   * With a message for the log.
   *
   * @param settled whether a read gives what is on the disk
   */
  public UnknownOutcomeException(String message, Throwable cause, boolean settled) {
    super(message, cause);
    this.settled = settled;
  }

  /** Whether a read gives what is on the disk. */
  public boolean isSettled() {
    return settled;
  }

  @Override
  public boolean isDiskFull() {
    return Trouble.isFull(getCause());
  }
}
