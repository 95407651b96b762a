package slipway.media.pictures;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Colours that are told by numbers (ITU-T H.273) and not by a profile. */
final class CodedColours {
  /** Where red, green and blue are (ICC, D50), by colour primaries: BT.2020, and both of P3. */
  private static final Map<Integer, double[]> PRIMARIES =
      Map.of(
          9,
          new double[] {.67348, .27903, -.00194, .16566, .67534, .02998, .12505, .04563, .79684},
          11,
          new double[] {.51512, .24120, -.00105, .29198, .69225, .04189, .15710, .06657, .78407},
          12,
          new double[] {.51512, .24120, -.00105, .29198, .69225, .04189, .15710, .06657, .78407});

  /** From a value to light, by transfer characteristics; all others are near that of sRGB. */
  private static final Map<Integer, DoubleUnaryOperator> TRANSFERS =
      Map.of(
          4, value -> Math.pow(value, 2.2),
          5, value -> Math.pow(value, 2.8),
          8, value -> value,
          16, value -> shown(perceptual(value)),
          18, value -> shown(hybrid(value)));

  private static final int[] COLORANTS = {
    ICC_Profile.icSigRedColorantTag,
    ICC_Profile.icSigGreenColorantTag,
    ICC_Profile.icSigBlueColorantTag
  };

  private static final int[] CURVES = {
    ICC_Profile.icSigRedTRCTag, ICC_Profile.icSigGreenTRCTag, ICC_Profile.icSigBlueTRCTag
  };

  private static final int CURVE_POINTS = 4096;

  /** cd/m2 of white in pictures of HDR (ITU-R BT.2408), and the most that is told apart. */
  private static final double WHITE = 203;

  private static final double LIGHTEST = 1000;

  /** The part of white above which what is lighter than white is pressed together. */
  private static final double KNEE = 0.9;

  private CodedColours() {}

  /**
   * The profile that says the same.
   *
   * @param primaries colour primaries
   * @param transfer transfer characteristics
   * @return null for sRGB and what is near it
   */
  static ICC_Profile profile(int primaries, int transfer) {
    double[] colorants = PRIMARIES.get(primaries);
    DoubleUnaryOperator curve = TRANSFERS.get(transfer);
    if (colorants == null && curve == null) {
      return null;
    }
    byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    ICC_Profile profile = ICC_Profile.getInstance(srgb);
    for (int i = 0; i < 3; i++) {
      if (colorants != null) {
        profile.setData(COLORANTS[i], colorant(colorants, i * 3));
      }
      if (curve != null) {
        profile.setData(CURVES[i], curve(curve));
      }
    }
    return profile;
  }

  private static byte[] colorant(double[] all, int from) {
    ByteBuffer tag = tag("XYZ ", 20);
    for (int i = from; i < from + 3; i++) {
      tag.putInt((int) Math.round(all[i] * 65536));
    }
    return tag.array();
  }

  private static byte[] curve(DoubleUnaryOperator light) {
    ByteBuffer tag = tag("curv", 12 + 2 * CURVE_POINTS).putInt(CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
      double value = light.applyAsDouble((double) i / (CURVE_POINTS - 1));
      tag.putShort((short) Math.round(65535 * Math.max(0, Math.min(1, value))));
    }
    return tag.array();
  }

  private static ByteBuffer tag(String type, int bytes) {
    return ByteBuffer.allocate(bytes).put(type.getBytes(StandardCharsets.US_ASCII)).putInt(0);
  }

  /** In cd/m2 (ITU-R BT.2100, table 4). */
  private static double perceptual(double value) {
    double root = Math.pow(value, 32 / 2523.0);
    double light = Math.max(0, root - 107 / 128.0) / (2413 / 128.0 - 2392 / 128.0 * root);
    return 10_000 * Math.pow(light, 8192 / 1305.0);
  }

  /** In cd/m2 on the screen of reference (ITU-R BT.2100, table 5). */
  private static double hybrid(double value) {
    double scene =
        value <= 0.5
            ? value * value / 3
            : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
    return LIGHTEST * Math.pow(scene, 1.2);
  }

  /** As a part of a usual screen's white: straight up to the knee, and then ever flatter. */
  private static double shown(double light) {
    double part = Math.min(light, LIGHTEST) / WHITE;
    double over = part - KNEE;
    double room = 1 - KNEE;
    double most = LIGHTEST / WHITE - KNEE;
    return over <= 0 ? part : KNEE + room * over * (1 + room / most) / (over + room);
  }
}
