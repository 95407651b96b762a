package slipway.http.limit;

/** Requests hold as much memory as they may, so this one cannot be read or answered now. */
public final class MemoryFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For any request. */
  public MemoryFullException() {
    super("The requests being read hold all the memory they may use");
  }
}
