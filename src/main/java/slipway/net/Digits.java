package slipway.net;

import java.util.OptionalLong;

/**
 * Whole numbers as the net's formats have them: ASCII digits, and nothing else. Java's own parsing
 * takes a plus sign, and the digits of every script.
 */
public final class Digits {
  private Digits() {}

  /** The number from 0 on that a text is; empty where it is none, or larger than a {@code long}. */
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
