package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Tool;
import slipway.media.HeifEdit.Coded;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.HeicSample;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.video.VideoTools;

/** HEIC and AVIF, encoded by heif-enc, decoded by heif-convert or heif-dec. */
class HeifTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  /** Of what the codecs and the conversion of colours change, of 255. */
  private static final int TOLERANCE = 6;

  @TempDir static Path sharedWork;

  /** Of all tests, as it has a process of its own. */
  private static Previews shared;

  @TempDir Path folder;
  private Path work;
  private Previews previews;
  private MediaFacts facts;
  private boolean isPng;

  @BeforeAll
  static void openShared() throws Exception {
    Tool.require("heif-enc");
    shared = previews(sharedWork, HeifTool.usual());
  }

  @AfterAll
  static void closeShared() {
    if (shared != null) {
      shared.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    write("quarters", Samples.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
    work = sharedWork;
    previews = shared;
  }

  /** From now on with another program. */
  private void with(String program) throws Exception {
    work = folder.resolve("work");
    previews = previews(work, program);
  }

  private static Previews previews(Path work, String program) throws Exception {
    return new Previews(
        work,
        new DecoderLimits(128, Duration.ofSeconds(20), 250_000_000),
        new HeifTool(program, 60, 2048),
        new VideoTools("/nowhere/ffmpeg", "/nowhere/ffprobe", 60, 2048));
  }

  @AfterEach
  void close() {
    if (previews != shared) {
      previews.close();
    }
  }

  private void write(String name, BufferedImage image) throws Exception {
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }

  private Coded coded(String options) throws Exception {
    return Coded.of(Files.readAllBytes(Samples.heif(folder, options)));
  }

  private Coded quarters() throws Exception {
    return coded("-q 90 quarters.png a.heic");
  }

  private Coded plain(Color colour, int side) throws Exception {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, colour.getRGB());
    }
    write("plain", image);
    return coded("-q 90 plain.png plain.heic");
  }

  private BufferedImage shown(byte[] file) throws Exception {
    return shown(Files.write(folder.resolve("file"), file));
  }

  private BufferedImage shown(Path file) throws Exception {
    try (DecodedPicture picture =
        previews.of(file, MediaType.detect(Files.readAllBytes(file)), 1280)) {
      facts = picture.facts();
      Path made = picture.rendition("a", facts.width(), facts.height(), false);
      isPng = MediaType.detect(Files.readAllBytes(made)).equals("image/png");
      assertThat(work()).isEqualTo(1);
      return ImageIO.read(made.toFile());
    }
  }

  /** What is left in the folder of other programs: that of the decoder. */
  private long work() throws Exception {
    try (Stream<Path> files = Files.list(work)) {
      return files.count();
    }
  }

  private NoPreviewException refused(byte[] file) {
    return catchThrowableOfType(NoPreviewException.class, () -> shown(file));
  }

  private void assertSize(int width, int height) {
    assertThat(facts.width() + " x " + facts.height()).isEqualTo(width + " x " + height);
  }

  @ParameterizedTest
  @CsvSource({"heic, image/heic", "avif, image/avif"})
  void showsThePicture(String ending, String type) throws Exception {
    Path file = Samples.heif(folder, "-q 90 quarters.png a." + ending);
    assertThat(MediaType.detect(Files.readAllBytes(file))).isEqualTo(type);
    assertThat(Samples.corners(shown(file))).isEqualTo("RGBW");
    assertSize(WIDTH, HEIGHT);
    assertThat(isPng).isFalse();
  }

  @ParameterizedTest
  @CsvSource("1, GWRB")
  void turnsThePicture(int turns, String corners) throws Exception {
    byte[] file = new HeifEdit().picture(quarters(), false, HeifEdit.turn(turns)).file();
    assertThat(Samples.corners(shown(file))).isEqualTo(corners);
    assertSize(turns == 2 ? WIDTH : HEIGHT, turns == 2 ? HEIGHT : WIDTH);
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource({"2, WBGR", "3, BRWG"})
  void turnsItFurther(int turns, String corners) throws Exception {
    turnsThePicture(turns, corners);
  }

  @Tag("faults")
  @Test
  void mirrorsThePictureTheOtherWay() throws Exception {
    mirrorsThePicture(1, "GRWB");
  }

  @ParameterizedTest
  @CsvSource("0, BWRG")
  void mirrorsThePicture(int mode, String corners) throws Exception {
    byte[] file = new HeifEdit().picture(quarters(), false, HeifEdit.mirror(mode)).file();
    assertThat(Samples.corners(shown(file))).isEqualTo(corners);
  }

  @Test
  void cutsThePictureAndTurnsWhatIsLeft() throws Exception {
    assertThat(Samples.corners(shown(cutAndTurned()))).isEqualTo("GGRR");
    assertSize(40, WIDTH);
  }

  private byte[] cutAndTurned() throws Exception {
    byte[] cut = HeifEdit.cut(WIDTH, 40, 0, -40); // The upper third.
    return new HeifEdit().picture(quarters(), false, cut, HeifEdit.turn(1)).file();
  }

  /** Its properties turn it; what Exif says is for programs that do not know them (8.4). */
  @ParameterizedTest
  @CsvSource("3, BRWG, 120, 160")
  void turnsNoPictureTwice(int turns, String corners, int width, int height) throws Exception {
    byte[] file =
        new HeifEdit()
            .picture(quarters(), false, HeifEdit.turn(turns))
            .exif(Samples.exif(6), 1)
            .file();
    assertThat(Samples.corners(shown(file))).isEqualTo(corners);
    assertThat(facts)
        .isEqualTo(new MediaFacts(width, height, null, Instant.parse("2024-05-06T05:08:09Z")));
  }

  @Tag("faults")
  @Test
  void turnsNoPictureThatItsPropertiesLeave() throws Exception {
    turnsNoPictureTwice(0, "RGBW", 160, 120);
  }

  @Test
  void joinsTiles() throws Exception {
    byte[] file =
        new HeifEdit()
            .picture(plain(Color.RED, 128), true)
            .picture(plain(Color.GREEN, 128), true)
            .picture(plain(Color.BLUE, 128), true)
            .picture(plain(Color.WHITE, 128), true)
            .grid(2, 2, 240, 200, 1, 2, 3, 4)
            .primary(5)
            .file();
    assertThat(Samples.corners(shown(file))).isEqualTo("RGBW");
    assertSize(240, 200);
  }

  @Test
  void showsThePrimaryPictureOfMany() throws Exception {
    byte[] file =
        new HeifEdit()
            .picture(plain(Color.GREEN, 64), false)
            .picture(quarters(), false)
            .picture(plain(Color.BLUE, 64), false)
            .primary(2)
            .file();
    assertThat(Samples.corners(shown(file))).isEqualTo("RGBW");
    assertSize(WIDTH, HEIGHT);
  }

  @Test
  void showsNeitherThumbnailNorDepth() throws Exception {
    byte[] depth = HeifEdit.auxiliary("urn:mpeg:hevc:2015:auxid:2");
    byte[] file =
        new HeifEdit()
            .picture(plain(Color.BLACK, 64), false)
            .picture(plain(Color.GRAY, 64), false, depth)
            .picture(quarters(), false)
            .reference("thmb", 1, 3)
            .reference("auxl", 2, 3)
            .primary(3)
            .file();
    assertThat(Samples.corners(shown(file))).isEqualTo("RGBW");
    assertThat(isPng).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = "a.heic")
  void letsShowThroughWhatDoes(String name) throws Exception {
    BufferedImage image = Samples.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT / 2; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, 0);
    }
    write("clear", image);
    BufferedImage shown = shown(Samples.heif(folder, "-q 90 clear.png " + name));
    assertThat(isPng).isTrue();
    assertThat(shown.getRGB(20, 20) >>> 24).isLessThan(TOLERANCE);
    assertThat(shown.getRGB(20, 100) >>> 24).isGreaterThan(255 - TOLERANCE);
    assertThat(Samples.corners(shown)).endsWith("BW");
  }

  @Tag("faults")
  @Test
  void letsShowThroughWhatDoesInAvif() throws Exception {
    letsShowThroughWhatDoes("a.avif");
  }

  @Tag("faults")
  @ParameterizedTest
  @ValueSource(strings = {"mif1", "msf1", "heix", "avis"})
  void showsThePictureOfOtherBrandsToo(String brand) throws Exception {
    showsThePictureOfEveryBrand(brand);
  }

  @ParameterizedTest
  @ValueSource(strings = "hevc")
  void showsThePictureOfEveryBrand(String brand) throws Exception {
    byte[] file = new HeifEdit().brand(brand).picture(quarters(), false).file();
    assertThat(Samples.corners(shown(file))).isEqualTo("RGBW");
  }

  @Tag("faults")
  @Test
  void convertsColoursOfAvifToo() throws Exception {
    convertsColoursThatNumbersTell("avif");
  }

  /** Display P3, told by a number: compared with the conversion by its matrix (SMPTE EG 432-1). */
  @ParameterizedTest
  @ValueSource(strings = "heic")
  void convertsColoursThatNumbersTell(String ending) throws Exception {
    plain(new Color(200, 100, 50), 64);
    Coded coded = coded("-q 95 plain.png a." + ending);
    byte[] file =
        new HeifEdit().picture(coded.with("colr", HeifEdit.colours(12, 13)), false).file();
    double r = linear(200);
    double g = linear(100);
    double b = linear(50);
    int rgb = shown(file).getRGB(32, 32);
    assertThat(rgb >> 16 & 0xff)
        .isBetween(
            coded(1.2249 * r - 0.2247 * g) - TOLERANCE, coded(1.2249 * r - 0.2247 * g) + TOLERANCE);
    assertThat(rgb >> 8 & 0xff)
        .isBetween(
            coded(-0.042 * r + 1.0419 * g) - TOLERANCE, coded(-0.042 * r + 1.0419 * g) + TOLERANCE);
    int blue = coded(-0.0197 * r - 0.0786 * g + 1.0979 * b);
    assertThat(rgb & 0xff).isBetween(blue - TOLERANCE, blue + TOLERANCE);
  }

  private static double linear(int value) {
    return Math.pow((value / 255.0 + 0.055) / 1.055, 2.4);
  }

  private static int coded(double light) {
    return (int) Math.round(255 * (1.055 * Math.pow(Math.max(0.0031308, light), 1 / 2.4) - 0.055));
  }

  @Tag("faults")
  @Test
  void showsWhiteOfHybridLogGammaAsWhite() throws Exception {
    showsWhiteOfHdrAsWhite(18, 191, 120);
  }

  /** White of 203 cd/m2 is 0.58 by the perceptual quantizer, and 0.75 by hybrid log-gamma. */
  @ParameterizedTest
  @CsvSource("16, 148, 108")
  void showsWhiteOfHdrAsWhite(int transfer, int white, int grey) throws Exception {
    BufferedImage image = new BufferedImage(128, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128 * 64; i++) {
      image.setRGB(i % 128, i / 128, (i % 128 < 64 ? white : grey) * 0x010101);
    }
    write("hdr", image);
    Coded coded = coded("-q 95 hdr.png a.heic").with("colr", HeifEdit.colours(9, transfer));
    BufferedImage shown = shown(new HeifEdit().picture(coded, false).file());
    assertThat(shown.getRGB(30, 30) & 0xff).isGreaterThan(255 - 2 * TOLERANCE);
    assertThat(shown.getRGB(96, 30) & 0xff).isBetween(0x80 - 2 * TOLERANCE, 0x80 + 2 * TOLERANCE);
  }

  @Test
  void convertsColoursThatAProfileTells() throws Exception {
    BufferedImage image = Samples.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg =
        Samples.withSegment(Samples.encode(image, "jpeg"), 0xffe2, Samples.swappedProfile());
    Files.write(folder.resolve("swapped.jpg"), jpeg);
    assertThat(Samples.corners(shown(Samples.heif(folder, "-q 90 swapped.jpg a.heic"))))
        .isEqualTo("GRBW");
  }

  @Tag("faults")
  @Test
  void decodesByVipsToo() throws Exception {
    if (Tool.find("vipsthumbnail").isEmpty()) {
      throw Tool.skip("vipsthumbnail is not installed: what it decodes is not tested.");
    }
    with("vipsthumbnail");
    HeifEdit turned =
        new HeifEdit()
            .picture(plain(Color.GREEN, 64), false)
            .picture(quarters(), false, HeifEdit.turn(3))
            .primary(2)
            .exif(Samples.exif(6), 2);
    assertThat(Samples.corners(shown(turned.file()))).isEqualTo("BRWG");
    assertSize(HEIGHT, WIDTH);
    byte[] sequence = new HeifEdit().brand("hevc").picture(quarters(), false).file();
    assertThat(Samples.corners(shown(sequence))).isEqualTo("RGBW");
    byte[] cut = Arrays.copyOf(sequence, sequence.length - 200);
    assertThat(refused(cut).obstacle()).isEqualTo(Obstacle.FILE);
  }

  @Test
  void refusesAPictureThatClaimsTooManyPixels() throws Exception {
    Coded real = quarters();
    Coded claiming = real.with("ispe", HeifEdit.extents(20_000, 20_000));
    NoPreviewException refusal = refused(new HeifEdit().picture(claiming, false).file());
    assertThat(refusal).hasMessageContaining("20000 x 20000");
    assertThat(refusal.obstacle()).isEqualTo(Obstacle.FILE);
  }

  @Test
  void saysThatABrokenFileIsBrokenAndWhatItSays() throws Exception {
    byte[] file = new HeifEdit().picture(quarters(), false).file();
    NoPreviewException refusal = refused(Arrays.copyOf(file, file.length - 200));
    assertThat(refusal.obstacle()).isEqualTo(Obstacle.FILE);
    assertThat(refusal.facts()).isEqualTo(new MediaFacts(WIDTH, HEIGHT, null, null));
    byte[] itself = new HeifEdit().grid(2, 2, 240, 200, 1, 1, 1, 1).file();
    assertThat(refused(itself)).isNotNull();
    assertThat(work()).isLessThanOrEqualTo(1);
  }

  @Test
  void keepsItAsItIsWithoutTheProgramOrItsCodec() throws Exception {
    with("/nowhere/heif-dec");
    NoPreviewException refusal = refused(HeicSample.file());
    assertThat(refusal.obstacle()).isEqualTo(Obstacle.KIND);
    assertThat(refusal.facts())
        .isEqualTo(new MediaFacts(3024, 4032, null, Instant.parse("2024-05-06T05:08:09Z")));
    assertThat(refused(cutAndTurned()).facts()).isEqualTo(new MediaFacts(40, WIDTH, null, null));
    assertThat(previews.heifTypes()).isEmpty();
  }
}
