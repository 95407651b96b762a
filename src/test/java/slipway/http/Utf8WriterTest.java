package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8WriterTest {
  private static final String[] PIECES = {
    "",
    "a",
    "\"",
    "a text of some length",
    "ü",
    "日本",
    "\uD83D\uDE00",
    "\uD83D",
    "\uDE00",
    "x".repeat(1023)
  };

  private static void write(Writer out, long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      switch (random.nextInt(4)) {
        case 0 -> out.write(piece);
        case 1 -> out.write(piece.toCharArray());
        case 2 -> out.append(piece);
        default -> {
          for (int c : piece.chars().toArray()) {
            out.write(c);
          }
        }
      }
    }
  }

  /** Halves of characters included, wherever its buffer ends. */
  @Test
  void writesWhatTheWriterOfTheJdkWrites() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      ByteArrayOutputStream ours = new ByteArrayOutputStream();
      try (Writer out = new Utf8Writer(ours)) {
        write(out, seed);
      }
      ByteArrayOutputStream theirs = new ByteArrayOutputStream();
      try (Writer out = new OutputStreamWriter(theirs, StandardCharsets.UTF_8)) {
        write(out, seed);
      }
      assertThat(ours.toString(StandardCharsets.UTF_8))
          .isEqualTo(theirs.toString(StandardCharsets.UTF_8));
    }
  }
}
