package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.media.pictures.Codecs;
import slipway.media.pictures.Pictures;
import slipway.media.pictures.Preview;

/** How near smaller pictures are to what a slow and exact filter makes of the original. */
class RenditionQualityTest {
  @TempDir Path folder;
  private final Pictures pictures = new Pictures(new Codecs(), 250_000_000);

  private Preview preview(byte[] file, String type, int width) throws Exception {
    return pictures.preview(Files.write(folder.resolve("file"), file), type, width);
  }

  /** What several tests begin with. */
  private static BufferedImage large;

  private static byte[] largePng;

  @BeforeAll
  static void make() throws Exception {
    large = scene(2000, 1300, BufferedImage.TYPE_INT_RGB);
    largePng = Samples.encode(large, "png");
  }

  @AfterAll
  static void forget() {
    large = null;
    largePng = null;
  }

  /** A star of lines, letters' strokes, edges and noise. */
  private static BufferedImage scene(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(5);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double angle = Math.atan2(y - height / 2.0, x - width / 3.0);
        int star = Math.sin(angle * 48) > 0 ? 230 : 25;
        int strokes = x % 37 < 4 || y % 53 < 3 ? 20 : 240;
        int level = x < 2 * width / 3 ? star : strokes;
        int noise = random.nextInt(17) - 8;
        int red = Math.max(0, Math.min(255, level + noise));
        int green = Math.max(0, Math.min(255, level * 3 / 4 + 40 - noise));
        int blue = 255 * y / height;
        image.setRGB(x, y, 0xff000000 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource("320,0.992")
  void keepsFineLinesAsSharpAsAnExactFilterDoes(int newWidth, double least) throws Exception {
    BufferedImage small = preview(largePng, "image/png", newWidth).image();
    assertThat(small.getWidth()).isEqualTo(newWidth);
    assertThat(Likeness.of(small, Likeness.exact(large, newWidth, small.getHeight())))
        .isGreaterThan(least);
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource({"640,0.992", "850,0.996", "1100,0.996"})
  void keepsThemSharpAtOtherWidthsToo(int newWidth, double least) throws Exception {
    keepsFineLinesAsSharpAsAnExactFilterDoes(newWidth, least);
  }

  /** Each is made from the one before. */
  @Test
  void keepsLinesSharpFromOneRenditionToTheNext() throws Exception {
    BufferedImage scene = scene(1600, 800, BufferedImage.TYPE_INT_ARGB);
    scene.setRGB(0, 0, 0);
    Preview preview = preview(Samples.encode(scene, "png"), "image/png", 1280);
    for (int width : new int[] {600, 300, 260, 200}) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      preview.rendition(width, width / 2, false, file);
      BufferedImage made = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
      assertThat(Likeness.of(made, Likeness.exact(scene, width, width / 2)))
          .as("%d", width)
          .isGreaterThan(width == 200 ? 0.985 : 0.995);
    }
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource({
    "641,403,640,1",
    "1283,701,640,1",
    "1999,1301,400,3",
    "2000,900,300,6",
    "1500,1111,640,8"
  })
  void scalesOtherJpegsSoToo(int width, int height, int newWidth, int orientation)
      throws Exception {
    scalesAJpegLineByLineAsItDoesAWholePicture(width, height, newWidth, orientation);
  }

  @ParameterizedTest
  @CsvSource({"1400,630,210,6", "300,200,640,5"})
  void scalesAJpegLineByLineAsItDoesAWholePicture(
      int width, int height, int newWidth, int orientation) throws Exception {
    byte[] jpeg = Samples.encode(scene(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] whole = Samples.encode(ImageIO.read(new ByteArrayInputStream(jpeg)), "tiff");
    byte[] turned = Samples.withSegment(jpeg, 0xffe1, Samples.exif(orientation));
    BufferedImage lines = preview(turned, "image/jpeg", newWidth).image();
    boolean sideways = orientation >= 5;
    int across = sideways ? Math.min(height, newWidth) : newWidth;
    assertThat(lines.getWidth()).isEqualTo(Math.min(across, sideways ? height : width));
    // Turned back, it is the same as the picture that was drawn at once.
    int lyingWidth = sideways ? lines.getHeight() : lines.getWidth();
    BufferedImage drawn = preview(whole, "image/tiff", lyingWidth).image();
    int most = 0;
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        int one = drawn.getRGB(x, y);
        int other = turned(lines, x, y, drawn.getWidth(), drawn.getHeight(), orientation);
        most = Math.max(most, Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)));
      }
    }
    assertThat(most).isLessThanOrEqualTo(2);
  }

  private static int turned(
      BufferedImage image, int x, int y, int width, int height, int orientation) {
    return switch (orientation) {
      case 3 -> image.getRGB(width - 1 - x, height - 1 - y);
      case 5 -> image.getRGB(y, x);
      case 6 -> image.getRGB(height - 1 - y, x);
      case 8 -> image.getRGB(y, width - 1 - x);
      default -> image.getRGB(x, y);
    };
  }

  @Test
  void makesTheSameOfAProgressiveJpegAsOfAnother() throws Exception {
    BufferedImage scene = scene(900, 500, BufferedImage.TYPE_INT_RGB);
    BufferedImage one = preview(Samples.encode(scene, "jpeg"), "image/jpeg", 280).image();
    BufferedImage other = preview(Samples.progressiveJpeg(scene), "image/jpeg", 280).image();
    assertThat(Likeness.of(one, other)).isGreaterThan(0.999);
  }

  /** What shows through has no colour of its own that its neighbours could take. */
  @Test
  void letsNoHiddenColourShowAtAnEdge() throws Exception {
    BufferedImage image = new BufferedImage(1000, 400, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 1000 * 400; i++) {
      image.setRGB(i % 1000, i / 1000, i % 1000 < 501 ? 0x00ff0000 : 0xff00ff00);
    }
    BufferedImage small = preview(Samples.encode(image, "png"), "image/png", 333).image();
    for (int x = 0; x < small.getWidth(); x++) {
      int argb = small.getRGB(x, 60);
      assertThat(argb >>> 24 < 16 || (argb >> 16 & 0xff) < 16).as("%d: %x", x, argb).isTrue();
    }
  }

  @Test
  void keepsWhiteWhiteAndBlackBlack() throws Exception {
    BufferedImage image = new BufferedImage(1601, 203, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1601 * 203; i++) {
      image.setRGB(i % 1601, i / 1601, i % 1601 < 800 ? 0xffffff : 0);
    }
    BufferedImage small = preview(Samples.encode(image, "png"), "image/png", 1597).image();
    assertThat(small.getRGB(0, 0)).isEqualTo(0xffffffff);
    assertThat(small.getRGB(790, 100)).isEqualTo(0xffffffff);
    assertThat(small.getRGB(810, 100)).isEqualTo(0xff000000);
    assertThat(small.getRGB(1596, small.getHeight() - 1)).isEqualTo(0xff000000);
  }

  /** 54 MB as a whole. */
  @Test
  void neverHoldsAWholeJpeg() throws Exception {
    BufferedImage image = new BufferedImage(6000, 3000, BufferedImage.TYPE_BYTE_GRAY);
    Path file = Files.write(folder.resolve("large"), Samples.encode(image, "jpeg"));
    pictures.preview(file, "image/jpeg", 1280);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Preview preview = pictures.preview(file, "image/jpeg", 1280);
    preview.rendition(1280, 640, false, new ByteArrayOutputStream());
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000_000);
  }
}
