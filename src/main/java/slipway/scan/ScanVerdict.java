package slipway.scan;

import slipway.photo.ScanState;

/**
 * What a virus scanner said about a file.
 *
 * @param state {@code CLEAN}, {@code INFECTED} or {@code UNKNOWN}
 * @param reason what it found, or why there is no verdict, for people; empty where it is clean
 * @param again when it is worth while to ask it again
 */
record ScanVerdict(ScanState state, String reason, Again again) {
  /** When the scanner may be asked again about a file that it gave no verdict on. */
  enum Again {
    /** Once it is well. */
    SOON,
    /** That took so much time that the file is not to take much more of it. */
    SELDOM,
    /** Only set up otherwise will it say anything else. */
    SET_UP_OTHERWISE
  }

  /** What clamd calls a file that it looked at in part only, where it is set up to tell. */
  private static final String LIMITS = "Heuristics.Limits.Exceeded";

  private static final int MOST_CHARS = 100;
  static final ScanVerdict CLEAN = new ScanVerdict(ScanState.CLEAN, "", Again.SOON);

  /**
   * The scanner found something, be it that the file is larger than what it looks at.
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

  /** This time there is no verdict. */
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

  /** Whether the scanner was well, whatever it said. */
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
