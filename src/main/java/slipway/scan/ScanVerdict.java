package slipway.scan;

import slipway.photo.ScanState;

/**
 * What a virus scanner said of a file.
 *
 * @param state {@code CLEAN}, {@code INFECTED} or {@code UNKNOWN}
 * @param reason what it found, or why there is no verdict, for people; empty where it is clean
 * @param isLasting whether it will say the same of the file until it is set up otherwise
 */
record ScanVerdict(ScanState state, String reason, boolean isLasting) {
  private static final int MOST_CHARS = 100;
  static final ScanVerdict CLEAN = new ScanVerdict(ScanState.CLEAN, "", true);

  /**
   * The scanner found something.
   *
   * @param name what it calls it; empty where that is not known
   */
  static ScanVerdict infected(String name) {
    String plain = name.replaceAll("[^ -~]+", " ").strip();
    String shown = plain.substring(0, Math.min(plain.length(), MOST_CHARS));
    return new ScanVerdict(
        ScanState.INFECTED,
        shown.isEmpty()
            ? "The virus scanner found something in the file."
            : "The virus scanner found " + shown + " in the file.",
        true);
  }

  /** This time there is no verdict. */
  static ScanVerdict unknown(String reason) {
    return new ScanVerdict(ScanState.UNKNOWN, reason, false);
  }

  /** The file is larger than what the scanner takes. */
  static ScanVerdict tooLarge() {
    return new ScanVerdict(
        ScanState.UNKNOWN, "The file is larger than what the virus scanner takes.", true);
  }
}
