package slipway.token;

/** What a token is for. A token of one purpose is unknown to the other purpose's methods. */
public enum TokenPurpose {
  /** Makes new photos ({@code photo/get-upload-token}). */
  UPLOAD("upload_token", "upload token"),
  /** Gives a photo another file ({@code photo/get-replace-token}). */
  REPLACE("replace_token", "replace token");

  private final String parameter;
  private final String noun;

  TokenPurpose(String parameter, String noun) {
    this.parameter = parameter;
    this.noun = noun;
  }

  /** The name of such a token, for people. */
  public String noun() {
    return noun;
  }

  /** The name that such a token has in replies, forms and callbacks. */
  public String parameter() {
    return parameter;
  }
}
