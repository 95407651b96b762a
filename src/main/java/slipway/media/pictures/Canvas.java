package slipway.media.pictures;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Where the first frame of a GIF stands on what it shows (GIF89a, 18 and 20): browsers show all of
 * that, and nothing beside the frame.
 *
 * @param width pixels of all
 * @param height pixels of all
 * @param left pixels beside the frame
 * @param top pixels above the frame
 */
record Canvas(int width, int height, int left, int top) {
  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int DESCRIPTOR = 0x2c;

  /** The canvas of any other picture, which is as large as it is. */
  static Canvas of(int width, int height) {
    return new Canvas(width, height, 0, 0);
  }

  /** The canvas of a GIF; of a broken one that of its frame. */
  static Canvas ofGif(PictureFile file, int frameWidth, int frameHeight) throws IOException {
    try (DataInputStream in = new DataInputStream(file.stream())) {
      in.skipNBytes(SIGNATURE_BYTES);
      int width = number(in);
      int height = number(in);
      int flags = in.readUnsignedByte();
      in.skipNBytes(2 + ((flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1));
      int block = in.readUnsignedByte();
      while (block == EXTENSION) {
        in.skipNBytes(1);
        for (int bytes = in.readUnsignedByte(); bytes != 0; bytes = in.readUnsignedByte()) {
          in.skipNBytes(bytes);
        }
        block = in.readUnsignedByte();
      }
      if (block != DESCRIPTOR) {
        return of(frameWidth, frameHeight);
      }
      int left = number(in);
      int top = number(in);
      // Some programs write a size of 0, or that of a smaller frame.
      return new Canvas(
          Math.max(width, left + frameWidth), Math.max(height, top + frameHeight), left, top);
    } catch (EOFException e) {
      return of(frameWidth, frameHeight);
    }
  }

  private static int number(DataInputStream in) throws IOException {
    return in.readUnsignedByte() | in.readUnsignedByte() << 8;
  }

  /**
   * All of it.
   *
   * @param frame of which every {@code step}-th pixel is there
   */
  BufferedImage with(BufferedImage frame, int step) {
    int allWidth = (width + step - 1) / step;
    int allHeight = (height + step - 1) / step;
    if (frame.getWidth() >= allWidth && frame.getHeight() >= allHeight) {
      return frame;
    }
    BufferedImage all = new BufferedImage(allWidth, allHeight, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = all.createGraphics();
    graphics.drawImage(frame, left / step, top / step, null);
    graphics.dispose();
    return all;
  }
}
