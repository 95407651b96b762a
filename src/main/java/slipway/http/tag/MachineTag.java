package slipway.http.tag;

/** Tags that programs write: {@code people:Santa-Claus}, {@code shop:size=large}. */
final class MachineTag {
  private MachineTag() {}

  /** Its value, as people write it, such as {@code Santa Claus}; other tags as they are. */
  static String pretty(String tag) {
    int colon = tag.indexOf(':');
    if (colon < 0) {
      return tag;
    }
    String said = tag.substring(Math.max(colon, tag.indexOf('=', colon)) + 1);
    String words = said.replace('-', ' ').strip();
    return words.isEmpty() ? tag : words;
  }
}
