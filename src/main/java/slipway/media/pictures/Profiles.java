package slipway.media.pictures;

import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;

/** Colour profiles that come with pictures: anything may be in them. */
final class Profiles {
  private Profiles() {}

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
