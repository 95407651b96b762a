package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.media.pictures.Codecs;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.pictures.Pictures;
import slipway.media.pictures.Preview;

/** Pictures that are not as most are, each of which stands for its kind. */
class OddPicturesTest {
  @TempDir Path folder;
  private final Pictures pictures = new Pictures(new Codecs(), 250_000_000);

  private Preview preview(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("file"), file);
    return pictures.preview(path, MediaType.detect(file), 1280);
  }

  @Test
  void drawsTheWholeCanvasOfAGif() throws Exception {
    Preview preview = preview(OddFiles.gifWithOffset());
    assertThat(preview.facts()).isEqualTo(new MediaFacts(320, 240, null, null));
    assertThat(preview.image().getRGB(10, 10) >>> 24).isZero();
    assertThat(preview.image().getRGB(105, 95)).isEqualTo(0xffff0000);
    assertThat(preview.image().getRGB(145, 135)).isEqualTo(0xffffffff);
    assertThat(preview.image().getRGB(155, 135) >>> 24).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 40, 52, 56, 64, 108, 124})
  void decodesBitmapsOfAllHeaders(int header) throws Exception {
    byte[] bmp = OddFiles.bmp(header);
    assertThat(MediaType.detect(bmp)).isEqualTo("image/bmp");
    assertThat(Samples.corners(preview(bmp).image())).isEqualTo("RGBW");
  }

  @Test
  void decodesABigTiff() throws Exception {
    byte[] tiff = OddFiles.bigTiff();
    assertThat(MediaType.detect(tiff)).isEqualTo("image/tiff");
    Preview preview = preview(tiff);
    assertThat(preview.facts().width()).isEqualTo(80);
    assertThat(Samples.corners(preview.image())).isEqualTo("RGBW");
  }

  @Test
  void showsThePictureAndNotTheThumbnailBeforeIt() throws Exception {
    Preview preview = preview(OddFiles.thumbnailFirst(OddFiles.Full.NEXT, false));
    assertThat(preview.facts()).isEqualTo(new MediaFacts(80, 60, null, null));
    assertThat(Samples.corners(preview.image())).isEqualTo("RGBW");
  }

  @ParameterizedTest
  @CsvSource({"true, image/x-raw-adobe", "false, image/tiff"})
  void keepsARawFileAsItIsWithTheSizeOfItsPicture(boolean dng, String type) {
    byte[] raw = OddFiles.thumbnailFirst(OddFiles.Full.BELOW, dng);
    assertThat(MediaType.detect(raw)).isEqualTo(type);
    assertThatThrownBy(() -> preview(raw))
        .isInstanceOfSatisfying(
            NoPreviewException.class,
            e -> {
              assertThat(e.obstacle()).isEqualTo(Obstacle.KIND);
              assertThat(e.facts()).isEqualTo(new MediaFacts(80, 60, null, null));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void drawsWhatIsThereOfAPictureThatWasCut(String format) throws Exception {
    BufferedImage noisy = Samples.quarters(400, 300, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 400; x++) {
      noisy.setRGB(x, 20 + x % 260, 0xff000000 | x * 40503);
    }
    byte[] whole = Samples.encode(noisy, format);
    Preview preview =
        preview(Arrays.copyOf(whole, whole.length * (format.equals("bmp") ? 3 : 2) / 4));
    assertThat(preview.facts()).isEqualTo(new MediaFacts(400, 300, null, null));
    if (!format.equals("bmp")) { // It begins with the last line.
      assertThat(Samples.corners(preview.image())).startsWith("RG");
    }
  }

  @Test
  void drawsAPictureWithAByteThatIsWrong() throws Exception {
    byte[] png = Samples.encode(Samples.quarters(400, 300, BufferedImage.TYPE_INT_RGB), "png");
    png[png.length - 20] ^= 0x55; // In the checksum of the pixels, as IEND takes 12 bytes.
    assertThat(Samples.corners(preview(png).image())).startsWith("RG");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void showsThroughALevelOfGreyThatIsTransparent(int bits) throws Exception {
    BufferedImage image = preview(OddFiles.greyWithTransparentWhite(bits)).image();
    assertThat(image.getRGB(5, 5)).isEqualTo(0xff000000);
    assertThat(image.getRGB(60, 5) >>> 24).isZero();
  }

  @Test
  void doesNotSayWhatADecoderDidNotExpect() throws Exception {
    assertThatThrownBy(() -> preview(OddFiles.jpegOfNoHeight()))
        .isInstanceOf(NoPreviewException.class)
        .hasMessage("The picture cannot be decoded.");
  }

  @Test
  void saysThatAPictureIsBrokenOfWhichNothingIsThere() throws Exception {
    byte[] png = Samples.encode(Samples.quarters(400, 300, BufferedImage.TYPE_INT_RGB), "png");
    assertThatThrownBy(() -> preview(Arrays.copyOf(png, 50)))
        .isInstanceOf(NoPreviewException.class);
  }

  @Test
  void drawsWhatIsThereOfAWebpThatWasCut() throws Exception {
    byte[] whole = OddFiles.webp(folder, 800, 600);
    Preview preview = preview(Arrays.copyOf(whole, whole.length / 2));
    assertThat(preview.facts()).isEqualTo(new MediaFacts(800, 600, null, null));
    assertThat(Samples.corners(preview.image())).startsWith("RG");
  }

  @Test
  void takesAWebpForSrgbWhoseProfileIsBroken() throws Exception {
    byte[] webp = OddFiles.webp(folder, 80, 60);
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    assertThat(Samples.corners(preview(OddFiles.withProfile(webp, 80, 60, profile)).image()))
        .isEqualTo("RGBW");
    byte[] swapped = Arrays.copyOfRange(Samples.swappedProfile(), 14, profile.length + 14);
    assertThat(Samples.corners(preview(OddFiles.withProfile(webp, 80, 60, swapped)).image()))
        .isEqualTo("GRBW");
    byte[] wrongSize = profile.clone();
    wrongSize[0] = 5;
    assertThat(Samples.corners(preview(OddFiles.withProfile(webp, 80, 60, wrongSize)).image()))
        .isEqualTo("RGBW");
    byte[] noise = "no profile at all".getBytes(StandardCharsets.US_ASCII);
    assertThat(Samples.corners(preview(OddFiles.withProfile(webp, 80, 60, noise)).image()))
        .isEqualTo("RGBW");
  }

  @ParameterizedTest
  @CsvSource({
    "2024:05:06 07:08:09, 2024-05-06T05:08:09Z",
    "2024-05-06 07:08:09, 2024-05-06T05:08:09Z",
    "2024:05:06, 2024-05-06T00:00:00Z",
    "2024:05:06 07:08, 2024-05-06T05:08:00Z",
    "0000:00:00 00:00:00, ",
    "2024:02:30 10:00:00, ",
    "2024:13:01 10:00:00, ",
    "2024:05:06 25:00:00, ",
    "'    :  :     :  :  ', ",
  })
  void takesADayThatThereIsForTheTimeOfThePicture(String said, Instant taken) throws Exception {
    byte[] exif = Samples.exif(1);
    byte[] time = Arrays.copyOf(said.getBytes(StandardCharsets.US_ASCII), 20);
    System.arraycopy(time, 0, exif, 6 + 140, time.length);
    byte[] jpeg = Samples.encode(Samples.quarters(80, 60, BufferedImage.TYPE_INT_RGB), "jpeg");
    assertThat(preview(Samples.withSegment(jpeg, 0xffe1, exif)).facts().takenAt()).isEqualTo(taken);
  }
}
