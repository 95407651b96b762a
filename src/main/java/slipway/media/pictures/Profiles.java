package slipway.media.pictures;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;

/** Colour profiles that come with pictures: anything may be in them. */
final class Profiles {
  private static final int HEADER_BYTES = 128;

  /** Where a header says how colours are met that a screen does not have (ICC.1, 7.2.15). */
  private static final int INTENT = 64;

  private static final int STEPS = 4;
  private static final float NEAR = 1 / 255f;

  private Profiles() {}

  /**
   * The profile of red, green and blue that a file carries.
   *
   * @return null where there is none, it cannot be used, or says the same as sRGB
   */
  static ICC_Profile of(byte[] data) {
    if (data.length < HEADER_BYTES) {
      return null;
    }
    byte[] perceptual = data.clone();
    Arrays.fill(perceptual, INTENT, INTENT + 4, (byte) 0);
    try {
      ICC_Profile profile = ICC_Profile.getInstance(perceptual);
      return profile.getColorSpaceType() != ColorSpace.TYPE_RGB
              || !isUsable(profile)
              || isSrgb(new ICC_ColorSpace(profile))
          ? null
          : profile;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isSrgb(ICC_ColorSpace space) {
    for (int i = 0; i < STEPS * STEPS * STEPS; i++) {
      float[] said = {level(i), level(i / STEPS), level(i / STEPS / STEPS)};
      float[] meant = space.toRGB(said);
      for (int band = 0; band < 3; band++) {
        if (Math.abs(said[band] - meant[band]) > NEAR) {
          return false;
        }
      }
    }
    return true;
  }

  private static float level(int i) {
    return i % STEPS / (STEPS - 1f);
  }

  /** Whether colours can be told by it. */
  static boolean isUsable(ICC_Profile profile) {
    try {
      ICC_ColorSpace space = new ICC_ColorSpace(profile);
      space.toRGB(new float[space.getNumComponents()]);
      return true;
    } catch (CMMException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
