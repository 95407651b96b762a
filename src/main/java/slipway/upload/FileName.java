package slipway.upload;

/** The name of a file, as it is kept. */
public final class FileName {
  /** Characters; file systems take no longer names. */
  private static final int LONGEST = 255;

  private static final int LONGEST_ENDING = 20;

  private FileName() {}

  /** The name; of a longer one the beginning and the ending. */
  public static String kept(String name) {
    if (name.length() <= LONGEST || name.codePointCount(0, name.length()) <= LONGEST) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot);
    int length = ending.codePointCount(0, ending.length());
    int kept = length > LONGEST_ENDING ? LONGEST : LONGEST - length;
    String start = name.substring(0, name.offsetByCodePoints(0, kept));
    return length > LONGEST_ENDING ? start : start + ending;
  }
}
