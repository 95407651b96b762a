package slipway.media.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ffprobe says of a file, by name: one start of it answers all that is asked of a video.
 *
 * @param values such as {@code streams.stream.0.width} and {@code format.duration}
 */
record VideoFacts(Map<String, String> values) {
  /** What ffprobe is asked for. */
  static final List<String> QUESTION =
      List.of(
          "-show_entries",
          "stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio"
              + ",color_space,color_transfer,field_order,avg_frame_rate,duration"
              + ",channels,sample_rate"
              + ":stream_disposition=default,attached_pic:stream_tags=rotate"
              + ":stream_side_data=rotation:format=format_name,duration"
              + ":format_tags=creation_time,major_brand",
          "-of",
          "flat");

  private static final String STREAMS = "streams.stream.";
  private static final int MOST_TRACKS = 300;

  /**
   * A track.
   *
   * @param facts of the file
   * @param prefix of the names of this track
   */
  record Stream(VideoFacts facts, String prefix) {
    String get(String name) {
      return facts.get(prefix + name);
    }

    double number(String name) {
      return VideoFacts.number(get(name));
    }

    int index() {
      return (int) number("index");
    }

    String codec() {
      return get("codec_name");
    }

    boolean isVideo() {
      return get("codec_type").equals("video");
    }

    boolean isCover() {
      return get("disposition.attached_pic").equals("1");
    }

    boolean isOn() {
      return get("disposition.default").equals("1");
    }
  }

  /** The facts of an answer to {@link #QUESTION}, which has a line for each. */
  static VideoFacts of(String answer) {
    Map<String, String> facts = new HashMap<>();
    for (String line : answer.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String value = line.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        facts.put(
            line.substring(0, equals).strip(),
            quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return new VideoFacts(facts);
  }

  /** Empty where it says none. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Its tracks, in their order. */
  List<Stream> streams() {
    List<Stream> all = new ArrayList<>();
    for (int i = 0; i < MOST_TRACKS && values.containsKey(STREAMS + i + ".index"); i++) {
      all.add(stream(i));
    }
    return all;
  }

  /** A track that may not be there. */
  Stream stream(int number) {
    return new Stream(this, STREAMS + number + ".");
  }

  /** 0 when it is none. */
  static double number(String said) {
    try {
      return Double.parseDouble(said);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
