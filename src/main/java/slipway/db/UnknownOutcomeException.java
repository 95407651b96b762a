package slipway.db;

import slipway.health.UnavailableException;

/**
 * A write of which it is not known whether it is in the database, now or after a restart: its
 * commit failed, or did not end in time. What depends on the write must be kept until the database
 * has told: at once where it {@link #isSettled}, else when {@link Database#whenSettled} says.
 */
public final class UnknownOutcomeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private final boolean settled;

  /**
   * With a message for the log.
   *
   * @param settled whether what a read tells now is what is on the disk
   */
  public UnknownOutcomeException(String message, Throwable cause, boolean settled) {
    super(message, cause);
    this.settled = settled;
  }

  /** Whether what a read tells now is what is on the disk. */
  public boolean isSettled() {
    return settled;
  }

  @Override
  public boolean isDiskFull() {
    return Trouble.isFull(getCause());
  }
}
