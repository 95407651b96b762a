package slipway.token;

/** What a token is for. One of either is not known where the other is asked for. */
public enum TokenPurpose {
  /** Makes new photos ({@code photo/get-upload-token}). */
  UPLOAD("upload_token"),
  /** Gives a photo another file ({@code photo/get-replace-token}). */
  REPLACE("replace_token");

  private final String parameter;

  TokenPurpose(String parameter) {
    this.parameter = parameter;
  }

  /** The name that such a token has in replies, forms and callbacks. */
  public String parameter() {
    return parameter;
  }
}
