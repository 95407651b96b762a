package slipway.subtitle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** How subtitles are written. Their texts are safe as HTML in any of them. */
public enum SubtitleFormat {
  /** WebVTT, for the {@code <track>} of a page. */
  VTT("text/vtt") {
    @Override
    String write(List<Cue> cues) {
      StringBuilder out = new StringBuilder("WEBVTT\n");
      for (Cue cue : cues) {
        out.append('\n')
            .append(time(cue.startMillis(), '.'))
            .append(ARROW)
            .append(time(cue.endMillis(), '.'))
            .append(cue.settings().isEmpty() ? "" : " ")
            .append(cue.settings())
            .append('\n')
            .append(cue.text())
            .append('\n');
      }
      return out.toString();
    }
  },
  /** SRT, which the platform calls WebSRT; of the tags bold, italic and underlined stay. */
  WEBSRT("application/x-subrip") {
    @Override
    String write(List<Cue> cues) {
      StringJoiner out = new StringJoiner("\n");
      int number = 0;
      for (Cue cue : cues) {
        String bare = CLASSES.matcher(cue.text()).replaceAll("<$1>");
        number++;
        out.add(
            number
                + "\n"
                + time(cue.startMillis(), ',')
                + ARROW
                + time(cue.endMillis(), ',')
                + "\n"
                + OTHER_TAG.matcher(bare).replaceAll("")
                + "\n");
      }
      return out.toString();
    }
  },
  /** A JSON object as scripts of the platform read it, with times in seconds. */
  JSON("application/json") {
    @Override
    String write(List<Cue> cues) {
      StringJoiner out = new StringJoiner(",", "{\"subtitles\":[", "]}");
      for (Cue cue : cues) {
        StringJoiner lines = new StringJoiner(",", "[", "]");
        cue.text().lines().forEach(line -> lines.add(quoted(line)));
        out.add(
            "{\"timestamp_begin\":"
                + seconds(cue.startMillis())
                + ",\"timestamp_end\":"
                + seconds(cue.endMillis())
                + ",\"text\":"
                + lines
                + "}");
      }
      return out.toString();
    }
  };

  private static final String ARROW = " --> ";
  private static final Pattern CLASSES = Pattern.compile("<([biu])\\.[^>]*>");
  private static final Pattern OTHER_TAG = Pattern.compile("<(?!/?[biu]>)[^>]*>");

  private final String contentType;

  SubtitleFormat(String contentType) {
    this.contentType = contentType;
  }

  abstract String write(List<Cue> cues);

  /** The name in addresses and parameters, such as {@code vtt}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** MIME type, without a charset; it is UTF-8. */
  public String contentType() {
    return contentType;
  }

  /** The same cues without tags. */
  static List<Cue> stripped(List<Cue> cues) {
    return cues.stream()
        .map(
            cue ->
                new Cue(
                    cue.startMillis(), cue.endMillis(), cue.settings(), CueText.strip(cue.text())))
        .filter(cue -> !cue.text().isEmpty())
        .toList();
  }

  private static String time(long millis, char mark) {
    long seconds = millis / 1000;
    return two(seconds / 3600)
        + ":"
        + two(seconds / 60 % 60)
        + ":"
        + two(seconds % 60)
        + mark
        + Long.toString(1000 + millis % 1000).substring(1);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }

  private static String quoted(String line) {
    StringBuilder out = new StringBuilder(line.length() + 2).append('"');
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\t' -> out.append("\\t");
        default -> {
          // No tag, and no line of a script, can end in it.
          if (c == '<' || c == '\u2028' || c == '\u2029') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
