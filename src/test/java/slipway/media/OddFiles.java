package slipway.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Files as programs and cameras write them that do not follow the usual pattern. */
final class OddFiles {
  private static final int WIDTH = 80;
  private static final int HEIGHT = 60;

  private OddFiles() {}

  /** A GIF of 320 x 240 whose first frame, of four quarters, is 50 x 50 at (100, 90). */
  static byte[] gifWithOffset() throws IOException {
    BufferedImage frame = Samples.quarters(50, 50, BufferedImage.TYPE_INT_RGB);
    byte[] gif = Samples.encode(frame, "gif");
    ByteBuffer bytes = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(6, (short) 320).putShort(8, (short) 240);
    int at = 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << (gif[10] & 7) + 1);
    while (gif[at] == 0x21) {
      at += 2;
      while (gif[at] != 0) {
        at += 1 + (gif[at] & 0xff);
      }
      at++;
    }
    bytes.putShort(at + 1, (short) 100).putShort(at + 3, (short) 90);
    return gif;
  }

  /** A bitmap of quarters, 24 bits a pixel, whose second header has that many bytes. */
  static byte[] bmp(int header) {
    int row = (WIDTH * 3 + 3) / 4 * 4;
    int start = 14 + header;
    ByteBuffer bytes = ByteBuffer.allocate(start + row * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'B').put((byte) 'M').putInt(bytes.capacity()).putInt(0).putInt(start);
    bytes.putInt(header);
    if (header == 12) {
      bytes.putShort((short) WIDTH).putShort((short) HEIGHT);
    } else {
      bytes.putInt(WIDTH).putInt(HEIGHT);
    }
    bytes.putShort((short) 1).putShort((short) 24);
    BufferedImage image = Samples.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      bytes.position(start + row * (HEIGHT - 1 - y));
      for (int x = 0; x < WIDTH; x++) {
        int rgb = image.getRGB(x, y);
        bytes.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
      }
    }
    return bytes.array();
  }

  /** A BigTIFF of quarters, 80 x 60, not compressed. */
  static byte[] bigTiff() {
    byte[] pixels = pixels(WIDTH, HEIGHT);
    ByteBuffer b = ByteBuffer.allocate(4000 + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 43);
    b.putShort((short) 8).putShort((short) 0).putLong(16);
    int[][] entries = entries(0, WIDTH, HEIGHT, 2000, 2100, pixels.length);
    b.putLong(entries.length);
    for (int[] entry : entries) {
      b.putShort((short) entry[0]).putShort((short) entry[1]).putLong(entry[2]);
      if (entry[0] == 0x102) {
        b.putShort((short) 8).putShort((short) 8).putShort((short) 8).putShort((short) 0);
      } else {
        b.putLong(entry[3]);
      }
    }
    b.putLong(0);
    return b.put(2100, pixels).array();
  }

  private static int[][] entries(
      int kind, int width, int height, int bitsAt, int pixelsAt, int length) {
    return new int[][] {
      {0xfe, 4, 1, kind},
      {0x100, 4, 1, width},
      {0x101, 4, 1, height},
      {0x102, 3, 3, bitsAt},
      {0x103, 3, 1, 1},
      {0x106, 3, 1, 2},
      {0x111, 4, 1, pixelsAt},
      {0x115, 3, 1, 3},
      {0x116, 4, 1, height},
      {0x117, 4, 1, length},
    };
  }

  /** Where the picture is that was taken. */
  enum Full {
    /** In the chain, behind the thumbnail. */
    NEXT,
    /** In a directory below that of the thumbnail, as raw files have it. */
    BELOW
  }

  /** A TIFF whose first picture is a black thumbnail of 16 x 12; the full one is 80 x 60. */
  static byte[] thumbnailFirst(Full where, boolean dng) {
    byte[] pixels = pixels(WIDTH, HEIGHT);
    ByteBuffer b = ByteBuffer.allocate(4000 + pixels.length).order(ByteOrder.BIG_ENDIAN);
    b.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    int[][] first = entries(1, 16, 12, 900, 1000, 16 * 12 * 3);
    if (where == Full.BELOW) {
      first = with(first, new int[] {0x14a, 4, 1, 400});
    }
    if (dng) {
      first = with(first, new int[] {0xc612, 1, 4, 0x01040000});
    }
    directory(b, first, where == Full.NEXT ? 400 : 0);
    b.position(400);
    directory(b, entries(0, WIDTH, HEIGHT, 900, 2000, pixels.length), 0);
    b.putShort(900, (short) 8).putShort(902, (short) 8).putShort(904, (short) 8);
    return b.put(2000, pixels).array();
  }

  private static int[][] with(int[][] entries, int[] another) {
    int[][] all = Arrays.copyOf(entries, entries.length + 1);
    all[entries.length] = another;
    return all;
  }

  private static void directory(ByteBuffer b, int[][] entries, int next) {
    b.putShort((short) entries.length);
    for (int[] entry : entries) {
      b.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
      if (entry[1] == 3 && entry[2] == 1) {
        b.putShort((short) entry[3]).putShort((short) 0);
      } else {
        b.putInt(entry[3]);
      }
    }
    b.putInt(next);
  }

  private static byte[] pixels(int width, int height) {
    BufferedImage image = Samples.quarters(width, height, BufferedImage.TYPE_INT_RGB);
    ByteBuffer bytes = ByteBuffer.allocate(width * height * 3);
    for (int i = 0; i < width * height; i++) {
      int rgb = image.getRGB(i % width, i / width);
      bytes.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
    }
    return bytes.array();
  }

  /** A WebP of quarters with some noise, by ffmpeg; sizes in pixels. */
  static byte[] webp(Path folder, int width, int height) throws Exception {
    BufferedImage image = Samples.quarters(width, height, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < width * height; i++) {
      int less = random.nextInt(0x30) * 0x010101;
      int rgb = image.getRGB(i % width, i / width);
      image.setRGB(i % width, i / width, rgb - (rgb & less));
    }
    ImageIO.write(image, "png", folder.resolve("quarters.png").toFile());
    return Files.readAllBytes(
        Samples.ffmpeg(folder, "-i quarters.png -c:v libwebp -quality 95 quarters.webp"));
  }

  /** The WebP, with a colour profile. */
  static byte[] withProfile(byte[] webp, int width, int height, byte[] profile) {
    ByteBuffer size = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    size.putInt(0x20).putShort((short) (width - 1)).put((byte) 0);
    size.putShort((short) (height - 1)).put((byte) 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(chunk("VP8X", size.array()));
    bytes.writeBytes(chunk("ICCP", profile));
    int picture = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8 ");
    bytes.writeBytes(Arrays.copyOfRange(webp, picture, webp.length));
    return chunk("RIFF", bytes.toByteArray());
  }

  private static byte[] chunk(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  /** A transport stream of ffmpeg as it is where a receiver begins just behind a key frame. */
  static byte[] withoutFirstPicture(byte[] stream) {
    int packet = 188;
    int startOfOne = 0x4100;
    int first = -1;
    for (int at = 0; at < stream.length; at += packet) {
      int id = (stream[at + 1] & 0xff) << 8 | stream[at + 2] & 0xff;
      if (id != startOfOne) {
        continue;
      }
      if (first >= 0) {
        byte[] cut = Arrays.copyOf(stream, first + stream.length - at);
        System.arraycopy(stream, at, cut, first, stream.length - at);
        return cut;
      }
      first = at;
    }
    throw new IllegalArgumentException("no two pictures");
  }

  /** A PNG of grey levels, 64 x 16: black, and white that is transparent. */
  static byte[] greyWithTransparentWhite(int bits) throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(16 * (1 + 64 * bits / 8));
    for (int y = 0; y < 16; y++) {
      rows.position(rows.position() + 1 + 32 * bits / 8);
      for (int i = 0; i < 32 * bits / 8; i++) {
        rows.put((byte) 0xff);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(64).putInt(16).put((byte) bits);
    png.writeBytes(pngChunk("IHDR", header.array()));
    int white = (1 << bits) - 1;
    png.writeBytes(pngChunk("tRNS", ByteBuffer.allocate(2).putShort((short) white).array()));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(rows.array());
    }
    png.writeBytes(pngChunk("IDAT", packed.toByteArray()));
    png.writeBytes(pngChunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] pngChunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) sum.getValue()).array();
  }

  /** A JPEG that does not say how high it is. */
  static byte[] jpegOfNoHeight() throws IOException {
    byte[] jpeg = Samples.encode(Samples.quarters(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg");
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 5] = 0;
        jpeg[i + 6] = 0;
        return jpeg;
      }
    }
    throw new IllegalArgumentException("no frame");
  }
}
