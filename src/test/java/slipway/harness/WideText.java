package slipway.harness;

import java.util.Random;

/** Texts that are long in UTF-8, and not made shorter by any compression. */
public final class WideText {
  private static final int FIRST = 0x4e00;
  private static final int END = 0x9fff;

  private WideText() {}

  /** One of so many Chinese characters, of three bytes each; the same for the same seed. */
  public static String of(int chars, int seed) {
    return new Random(seed)
        .ints(chars, FIRST, END)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
