package slipway.subtitle;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import slipway.details.LegalText;

/**
 * A file of subtitles that was read and cleaned: its tags are those of WebVTT without anything that
 * could do harm, its styles, regions and notes are left out, and its cues are in the order of their
 * times.
 */
public final class SubtitleFile {
  /** Bytes of a file, and of the WebVTT that it is kept as. */
  public static final int MAX_BYTES = 1 << 20;

  /** Cues of a file. */
  public static final int MAX_CUES = 10_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String webVtt;

  /** Null until needed, as most often only the text is. */
  private List<Cue> cues;

  private SubtitleFile(List<Cue> cues, String webVtt) {
    this.cues = cues;
    this.webVtt = webVtt;
  }

  /**
   * Reads a file, WebVTT or SRT, in UTF-8.
   *
   * @param bytes at most {@link #MAX_BYTES}
   * @throws SubtitleFaultException when it is neither, or has more than it may
   */
  public static SubtitleFile read(byte[] bytes) throws SubtitleFaultException {
    List<Cue> cues = new SubtitleReader(text(bytes)).cues();
    if (cues.isEmpty()) {
      throw new SubtitleFaultException("The file has no cue with a text.");
    }
    String webVtt = SubtitleFormat.VTT.write(cues);
    if (webVtt.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new SubtitleFaultException(
          "The file is too large as WebVTT: at most " + MAX_BYTES + " bytes.");
    }
    return new SubtitleFile(cues, webVtt);
  }

  /** The content of a column to which only {@link #webVtt} is written. */
  static SubtitleFile stored(String column) {
    return new SubtitleFile(null, column);
  }

  private List<Cue> cues() {
    try {
      if (cues == null) {
        cues = new SubtitleReader(webVtt).cues();
      }
      return cues;
    } catch (SubtitleFaultException e) {
      throw new IllegalStateException("Stored subtitles cannot be read", e);
    }
  }

  private static String text(byte[] bytes) throws SubtitleFaultException {
    if (isUtf16(bytes)) {
      throw new SubtitleFaultException("The file is UTF-16: save it as UTF-8.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw new SubtitleFaultException(
          lineAt(bytes, in.position()), "is not UTF-8: save the file as UTF-8.");
    }
    String text = out.flip().toString();
    return LegalText.of(
        text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1));
  }

  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
  }

  private static int lineAt(byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      boolean isEnd =
          bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n'));
      line += isEnd ? 1 : 0;
    }
    return line;
  }

  /** How many cues it has; at least 1. */
  public int cueCount() {
    return cues().size();
  }

  /** All of it as WebVTT. */
  String webVtt() {
    return webVtt;
  }

  /**
   * All of it in a format.
   *
   * @param stripped without any tag; cues of nothing else are left out
   */
  public String as(SubtitleFormat format, boolean stripped) {
    if (format == SubtitleFormat.VTT && !stripped) {
      return webVtt;
    }
    return format.write(stripped ? SubtitleFormat.stripped(cues()) : cues());
  }
}
