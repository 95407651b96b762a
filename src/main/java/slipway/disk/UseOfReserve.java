package slipway.disk;

/**
 * Whether a thread may use the space that is reserved for a full disk, as it frees space or revokes
 * a permission.
 */
public final class UseOfReserve implements AutoCloseable {
  private static final ThreadLocal<UseOfReserve> ALLOWED = new ThreadLocal<>();

  private final UseOfReserve before;

  private UseOfReserve(UseOfReserve before) {
    this.before = before;
  }

  /** Allows it to the current thread, until this is closed. */
  public static UseOfReserve allow() {
    UseOfReserve allowed = new UseOfReserve(ALLOWED.get());
    ALLOWED.set(allowed);
    return allowed;
  }

  /** Whether the current thread may use it. */
  public static boolean isAllowed() {
    return ALLOWED.get() != null;
  }

  @Override
  public void close() {
    if (before == null) {
      ALLOWED.remove();
    } else {
      ALLOWED.set(before);
    }
  }
}
