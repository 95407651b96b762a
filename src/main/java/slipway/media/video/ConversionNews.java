package slipway.media.video;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads how far ffmpeg is, from what it writes with {@code -progress}. */
final class ConversionNews extends OutputStream {
  private static final String TIME = "out_time_us=";
  private static final int MOST_LINE = 200;
  private static final double MICROS = 1_000_000;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final double seconds;
  private volatile double done;

  /** The progress of a video of that length. */
  ConversionNews(double seconds) {
    this.seconds = seconds;
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      read(line.toString(StandardCharsets.US_ASCII).strip());
      line.reset();
    } else if (line.size() < MOST_LINE) {
      line.write(b);
    }
  }

  private void read(String said) {
    if (said.startsWith(TIME)) {
      double time = VideoFacts.number(said.substring(TIME.length())) / MICROS;
      done = Math.max(done, Math.min(1, time / seconds));
    }
  }

  /** The part of it that is done, from 0 to 1. */
  double done() {
    return done;
  }
}
