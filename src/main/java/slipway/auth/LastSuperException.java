package slipway.auth;

/** Without this credential nobody could create another one. */
public final class LastSuperException extends Exception {
  private static final long serialVersionUID = 1L;

  LastSuperException() {
    super("The last credential of level super cannot be revoked; make another one first.");
  }
}
