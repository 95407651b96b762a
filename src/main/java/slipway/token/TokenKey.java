package slipway.token;

/**
 * An id of 40 lower-case hexadecimal digits in less than half the memory of its text.
 *
 * @param first its first 16 digits
 * @param second the next 16
 * @param third the last 8, which are random
 */
record TokenKey(long first, long second, int third) {
  private static final int LENGTH = 40;
  private static final int SECOND = 16;
  private static final int THIRD = 32;

  /** The map key of an id: a compact key, or the text itself if it has another form. */
  static Object of(String id) {
    if (id.length() != LENGTH) {
      return id;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return id;
      }
    }
    return new TokenKey(
        Long.parseUnsignedLong(id, 0, SECOND, 16),
        Long.parseUnsignedLong(id, SECOND, THIRD, 16),
        Integer.parseUnsignedInt(id, THIRD, LENGTH, 16));
  }

  @Override
  public int hashCode() {
    return third;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "TokenKey[]";
  }
}
