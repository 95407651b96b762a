package slipway.auth;

/** Without the credential nobody could make another one any more. */
public final class LastSuperException extends Exception {
  private static final long serialVersionUID = 1L;

  LastSuperException() {
    super("The last credential of level super cannot be revoked; make another one first.");
  }
}
