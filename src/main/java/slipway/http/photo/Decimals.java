package slipway.http.photo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of replies that are not whole. */
final class Decimals {
  private static final int DIGITS = 4;

  private Decimals() {}

  /** With four decimal digits at most, and no trailing zeros. */
  static String of(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
