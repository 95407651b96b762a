package slipway.http;

/** The name that a client gives a file, which identifies it among those of one upload token. */
public final class FileIdentifier {
  /** Characters it has at most. */
  public static final int MOST = 1024;

  private FileIdentifier() {}

  /**
   * The field of a client library with that name.
   *
   * @param prefix what the names of the library's fields begin with
   */
  public static Parameter<String> of(String prefix) {
    return Parameter.text(prefix + "Identifier", MOST);
  }

  /**
   * The parameter of a method that asks about such a file.
   *
   * @param words what it is for
   */
  public static Parameter<String> asked(String words) {
    return of("resumable").words(words);
  }
}
