package slipway.subtitle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") and SRT, in one pass. What a
 * browser would skip, as it is no cue, is an error, so that the sender of the file learns of it.
 */
final class SubtitleReader {
  private static final String ARROW = "-->";
  private static final int MAX_HOURS = 99;
  private static final int MAX_SETTINGS = 5;
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
  private static final String TIME =
      "(?:([0-9]{1,9}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,3}))?";
  private static final Pattern TIMES =
      Pattern.compile("[ \t]*" + TIME + "[ \t]*-->[ \t]*" + TIME + "(?:[ \t]+(.*))?");
  private static final Pattern SETTING =
      Pattern.compile("(?:vertical|line|position|size|align):[A-Za-z0-9.,%-]{1,30}");
  private static final Pattern NUMBER = Pattern.compile("[ \t]*[0-9]{1,9}[ \t]*");

  /** What other players of SRT read as a position, such as {@code {\an8}}. */
  private static final Pattern PLACE = Pattern.compile("\\{\\\\[^}\n]{0,50}\\}");

  private final String[] lines;
  private final boolean isWebVtt;
  private final List<Cue> cues = new ArrayList<>();
  private int count;
  private int at;

  /** Reads a text without a byte order mark. */
  SubtitleReader(String text) {
    this.lines = LINE_END.split(text, -1);
    this.isWebVtt = lines[0].matches("WEBVTT(?:[ \t].*)?");
  }

  /** The cues that have a text, in the order of their times. */
  List<Cue> cues() throws SubtitleFaultException {
    if (isWebVtt) {
      at = 1;
      passBlock();
    }
    for (passBreaks(); at < lines.length; passBreaks()) {
      if (isAside()) {
        passBlock();
      } else {
        readCue();
      }
    }
    cues.sort(Comparator.comparingLong(Cue::startMillis));
    return cues;
  }

  private boolean isBreak(int line) {
    return isWebVtt ? lines[line].isEmpty() : lines[line].isBlank();
  }

  private void passBreaks() {
    while (at < lines.length && lines[at].isBlank()) {
      at++;
    }
  }

  private void passBlock() {
    while (at < lines.length && !isBreak(at) && !lines[at].contains(ARROW)) {
      at++;
    }
  }

  /** A note, style or region; a line with times ends it. */
  private boolean isAside() {
    String line = lines[at];
    return isWebVtt
        && !line.contains(ARROW)
        && line.matches("NOTE(?:[ \t].*)?|(?:STYLE|REGION)[ \t]*");
  }

  private void readCue() throws SubtitleFaultException {
    boolean hasName = !lines[at].contains(ARROW);
    if (hasName && at + 1 < lines.length && lines[at + 1].contains(ARROW)) {
      at++;
    }
    Matcher times = TIMES.matcher(lines[at]);
    if (!times.matches()) {
      throw fault(
          cues.isEmpty() && count == 0 && !isWebVtt
              ? "has no times: the file must be WebVTT, which begins with WEBVTT, or SRT."
              : "has no times, with which a cue begins, such as 00:00:01.000 --> 00:00:04.000.");
    }
    long start = millis(times, 1);
    long end = millis(times, 5);
    if (end < start) {
      throw fault("has a cue that ends before it begins.");
    }
    count++;
    if (count > SubtitleFile.MAX_CUES) {
      throw fault("is beyond the " + SubtitleFile.MAX_CUES + " cues that a file may have.");
    }
    at++;
    String text = CueText.clean(readText());
    if (!CueText.strip(text).isEmpty()) {
      cues.add(new Cue(start, end, settings(times.group(9)), text));
    }
  }

  private String readText() {
    StringJoiner text = new StringJoiner("\n");
    while (at < lines.length && !isBreak(at) && !beginsCue()) {
      text.add(lines[at]);
      at++;
    }
    return isWebVtt ? text.toString() : PLACE.matcher(text.toString()).replaceAll("");
  }

  /** Where the blank line between two cues is missing. */
  private boolean beginsCue() {
    if (hasTimes(at)) {
      return true;
    }
    return !isWebVtt
        && NUMBER.matcher(lines[at]).matches()
        && at + 1 < lines.length
        && hasTimes(at + 1);
  }

  private boolean hasTimes(int line) {
    return lines[line].contains(ARROW) && TIMES.matcher(lines[line]).matches();
  }

  private String settings(String given) {
    StringJoiner settings = new StringJoiner(" ");
    if (isWebVtt && given != null) {
      Matcher setting = SETTING.matcher(given);
      for (int i = 0; i < MAX_SETTINGS && setting.find(); i++) {
        // It would be an arrow with what follows.
        if (!setting.group().contains("--")) {
          settings.add(setting.group());
        }
      }
    }
    return settings.toString();
  }

  private long millis(Matcher times, int first) throws SubtitleFaultException {
    long hours = times.group(first) == null ? 0 : Long.parseLong(times.group(first));
    long minutes = Long.parseLong(times.group(first + 1));
    long seconds = Long.parseLong(times.group(first + 2));
    if (minutes > 59 || seconds > 59) {
      throw fault("has more than 59 minutes or seconds.");
    }
    if (hours > MAX_HOURS) {
      throw fault("has a time beyond " + MAX_HOURS + ":59:59.999.");
    }
    String fraction = times.group(first + 3) == null ? "" : times.group(first + 3);
    long millis = Long.parseLong((fraction + "000").substring(0, 3));
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
  }

  private SubtitleFaultException fault(String what) {
    return new SubtitleFaultException(at + 1, what);
  }
}
