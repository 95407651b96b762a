package slipway.harness;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** Pictures and videos from real encoders; no two pictures of a test run are the same. */
public final class SampleMedia {
  private static final AtomicLong SEED = new AtomicLong();
  private static final String CLIP =
      " -loglevel error -nostdin -f lavfi -i testsrc2=size=320x240:rate=15:duration=2"
          + " -f lavfi -i sine=duration=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
          + " -c:a aac -movflags +faststart ";

  private SampleMedia() {}

  /** A JPEG of coloured noise; sizes in pixels. */
  public static byte[] jpeg(int width, int height) {
    return picture("jpeg", width, height);
  }

  /** A PNG of coloured noise; sizes in pixels. */
  public static byte[] png(int width, int height) {
    return picture("png", width, height);
  }

  /** A GIF of coloured noise; sizes in pixels. */
  public static byte[] gif(int width, int height) {
    return picture("gif", width, height);
  }

  /**
   * The bytes of a file of {@code length} that is a JPEG to anyone who looks at its start: a
   * picture (some 2 KB), then noise. Every stream gives the same bytes, in constant memory.
   */
  public static Supplier<InputStream> largeJpeg(long length) {
    byte[] picture = jpeg(32, 32);
    long seed = SEED.incrementAndGet();
    return () ->
        new SequenceInputStream(
            new ByteArrayInputStream(picture), new Noise(seed, length - picture.length));
  }

  /** Bytes that begin as an MP4 does, and hold no picture. */
  public static byte[] bareMp4(int length) {
    byte[] start = "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom".getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(start, length);
  }

  /**
   * A playable MP4 (H.264 and AAC, 320 x 240, 2 seconds, index first) made by ffmpeg, once a build;
   * see {@link Tool#require} for where there is no ffmpeg.
   */
  public static Path mp4() {
    return made("clip.mp4", CLIP);
  }

  /**
   * A video as phones make it, which many browsers do not play: HEVC and AAC in QuickTime, 320 x
   * 240, 2 seconds, made by ffmpeg.
   */
  public static Path hevc() {
    return made(
        "clip.mov",
        CLIP.replace("-c:v libx264", "-c:v libx265 -x265-params log-level=error -tag:v hvc1"));
  }

  /** A JPEG that is pleasant to look at, for screenshots: the sun over the sea, 900 x 600. */
  public static Path photo(String name) {
    return file(name, photo(900, 600));
  }

  /** The same in another size; a screenshot of it, unlike one of noise, takes next to no time. */
  public static byte[] photo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    brush.scale(width / 900.0, height / 600.0);
    brush.setPaint(new GradientPaint(0, 0, new Color(0x1d3557), 0, 420, new Color(0xf6a560)));
    brush.fillRect(0, 0, 900, 400);
    brush.setPaint(new Color(0xffe8b8));
    brush.fillOval(380, 280, 160, 160);
    brush.setPaint(new GradientPaint(0, 390, new Color(0xb8654f), 0, 600, new Color(0x16263f)));
    brush.fillRect(0, 390, 900, 210);
    brush.dispose();
    return encode("jpeg", image);
  }

  /** A JPEG of 11,600 x 8,700 pixels (100 million) and few bytes, made by ffmpeg. */
  public static byte[] hugeJpeg() {
    return plain("plain.jpg", 11_600, 8_700);
  }

  /** The same, whose frame says that it is a progressive one (SOF2, ITU-T T.81, B.2.2). */
  public static byte[] hugeProgressiveJpeg() {
    byte[] jpeg = hugeJpeg();
    int at = 0;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xc0) {
      at++;
    }
    jpeg[at + 1] = (byte) 0xc2;
    return jpeg;
  }

  /** A WebP of one colour, made by ffmpeg; sizes in pixels. */
  public static byte[] webp(int width, int height) {
    return plain("plain.webp", width, height);
  }

  private static byte[] plain(String kind, int width, int height) {
    String options = " -loglevel error -nostdin -f lavfi -i color=c=teal:size=%dx%d -frames:v 1 ";
    Path file = made("%dx%d-%s".formatted(width, height, kind), options.formatted(width, height));
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What ffmpeg makes of these options, always the same: for all test JVMs of a build. */
  private static Path made(String name, String options) {
    Path ffmpeg = Tool.require("ffmpeg");
    return Kept.of(name, file -> encode(ffmpeg, options, file));
  }

  /** A file of this name and content in a folder of its own, as a browser's file field wants it. */
  public static Path file(String name, byte[] content) {
    try {
      return Files.write(Build.newFolder("sample-media", "file").resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] picture(String format, int width, int height) {
    int[] pixels = new SplittableRandom(SEED.incrementAndGet()).ints(width * height).toArray();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    return encode(format, image);
  }

  private static byte[] encode(String format, BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("No encoder for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void encode(Path ffmpeg, String options, Path file)
      throws IOException, InterruptedException {
    Path log = file.resolveSibling("ffmpeg.log");
    Process process =
        new ProcessBuilder((ffmpeg + options + file).split(" "))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg failed: " + Files.readString(log));
    }
  }

  /** Bytes without a pattern, cheap to make, the same for the same seed. */
  private static final class Noise extends InputStream {
    private final byte[] block = new byte[1 << 20];
    private long left;
    private int at;

    Noise(long seed, long length) {
      new Random(seed).nextBytes(block);
      left = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, block.length - at), left);
      System.arraycopy(block, at, buffer, offset, count);
      at = (at + count) % block.length;
      left -= count;
      // Blocks differ, so that one written at the wrong place is found out.
      if (at == 0) {
        block[(int) (left >>> 20) % block.length]++;
      }
      return count;
    }
  }
}
