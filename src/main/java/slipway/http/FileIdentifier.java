package slipway.http;

/** The name that a client gives a file, to tell it from the others of one upload token. */
public final class FileIdentifier {
  /** Characters it has at most. */
  public static final int MOST = 1024;

  /** The name that a client gave a file, in methods that ask about one. */
  public static final Parameter<String> RESUMABLE = of("resumable");

  private FileIdentifier() {}

  /**
   * The field of a client library with that name.
   *
   * @param prefix what the names of the library's fields begin with
   */
  public static Parameter<String> of(String prefix) {
    return Parameter.text(prefix + "Identifier", MOST);
  }
}
