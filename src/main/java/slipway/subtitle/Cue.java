package slipway.subtitle;

/**
 * A text that is shown for a time.
 *
 * @param startMillis from the start of the video
 * @param endMillis not before its start
 * @param settings where it is shown, as WebVTT has it, such as {@code line:0 align:start}; empty
 *     for the usual place
 * @param text one or more lines, none of them blank, with newlines between: clean as {@link
 *     CueText} has it
 */
record Cue(long startMillis, long endMillis, String settings, String text) {}
