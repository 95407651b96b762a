package slipway.subtitle;

/** A file is not a valid file of subtitles; the message says why, and where. */
public final class SubtitleFaultException extends Exception {
  private static final long serialVersionUID = 1L;

  SubtitleFaultException(String message) {
    super(message);
  }

  SubtitleFaultException(int line, String message) {
    super("Line " + line + " " + message);
  }
}
