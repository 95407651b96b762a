package slipway.scan;

import slipway.photo.ScanState;

/**
 * What a virus scanner said about a file.
 *
 * @param state {@code CLEAN}, {@code INFECTED} or {@code UNKNOWN}
 * @param reason what it found, or why there is no verdict, for people; empty where it is clean
 * @param again when it is worth asking again
 */
record ScanVerdict(ScanState state, String reason, Again again) {
  /** When the scanner may be asked again about a file that it gave no verdict on. */
  enum Again {
    /** Once the scanner works again. */
    SOON,
    /** Rarely, as the file has already cost much time. */
    SELDOM,
    /** Rarely, as only another configuration would change its answer. */
    SET_UP_OTHERWISE
  }

  /**
   * The name that clamd gives a file that it checked only in part, if it is configured to report
   * that.
   */
  private static final String LIMITS = "Heuristics.Limits.Exceeded";

  private static final int MOST_CHARS = 100;
  static final ScanVerdict CLEAN = new ScanVerdict(ScanState.CLEAN, "", Again.SOON);

  /**
   * The scanner found something, which may be that the file is larger than what it checks.
   *
   * @param name what it calls it; empty where that is not known
   */
  static ScanVerdict infected(String name) {
    if (isOfPartOnly(name)) {
      return tooLarge();
    }
    String plain = name.replaceAll("[^ -~]+", " ").strip();
    String shown = plain.substring(0, Math.min(plain.length(), MOST_CHARS));
    return new ScanVerdict(
        ScanState.INFECTED,
        shown.isEmpty()
            ? "The virus scanner found something in the file."
            : "The virus scanner found " + shown + " in the file.",
        Again.SOON);
  }

  /** Whether a name is not that of a virus, but says that not all of the file was looked at. */
  static boolean isOfPartOnly(String name) {
    return name.startsWith(LIMITS);
  }

  /** No verdict this time. */
  static ScanVerdict unknown(String reason) {
    return new ScanVerdict(ScanState.UNKNOWN, reason, Again.SOON);
  }

  /** The scanner did not end in time. */
  static ScanVerdict tooLong(long seconds) {
    return new ScanVerdict(
        ScanState.UNKNOWN,
        "The virus scanner took longer than " + seconds + " s to read the file.",
        Again.SELDOM);
  }

  /** Whether the scanner worked, whatever its verdict. */
  boolean isAnswer() {
    return state != ScanState.UNKNOWN || again == Again.SET_UP_OTHERWISE;
  }

  /** The file is larger than what the scanner takes. */
  static ScanVerdict tooLarge() {
    return new ScanVerdict(
        ScanState.UNKNOWN,
        "The file is larger than what the virus scanner takes.",
        Again.SET_UP_OTHERWISE);
  }
}
