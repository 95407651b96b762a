package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.MediaFacts;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoFrames;
import slipway.media.video.VideoTools;

/** Videos that are not as most are, each of which stands for its kind; ffmpeg makes them. */
class OddVideosTest {
  private static final VideoTools TOOLS = new VideoTools("ffmpeg", "ffprobe", 60, 2048);
  private static final long MOST_PIXELS = 250_000_000;

  /** Of what an encoder and the conversion of colours change, of 255. */
  private static final int TOLERANCE = 12;

  @TempDir static Path work;

  /** Of all tests, as it has a process of its own. */
  private static Previews previews;

  @TempDir Path folder;
  private MediaFacts facts;

  @BeforeAll
  static void openPreviews() throws Exception {
    previews =
        new Previews(
            work,
            new DecoderLimits(128, Duration.ofSeconds(20), MOST_PIXELS),
            new HeifTool("/nowhere/heif-dec", 60, 2048),
            TOOLS);
  }

  @BeforeEach
  void open() throws Exception {
    BufferedImage quarters = Samples.quarters(160, 120, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(quarters, "png", folder.resolve("quarters.png").toFile());
  }

  @AfterAll
  static void closePreviews() {
    previews.close();
  }

  private BufferedImage poster(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    String type = MediaType.detect(Arrays.copyOf(bytes, Math.min(bytes.length, 65536)));
    assertThat(type).startsWith("video/");
    try (DecodedPicture picture = previews.of(file, type, 1280)) {
      facts = picture.facts();
      Path made = picture.rendition("a", facts.width(), facts.height(), false);
      return ImageIO.read(made.toFile());
    }
  }

  private BufferedImage frame(Path file, double second) throws Exception {
    VideoFrames frames =
        new VideoFrames(TOOLS, new WorkFolder(folder.resolve("frames")), MOST_PIXELS);
    byte[] jpeg = frames.jpeg(file, second, true, 1280, 1280);
    return jpeg.length == 0 ? null : ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private Path make(String options) throws Exception {
    return Samples.ffmpeg(folder, options);
  }

  @ParameterizedTest
  @CsvSource("-mpegts_m2ts_mode 0, a.ts")
  void showsATransportStream(String options, String name) throws Exception {
    Path file =
        make(
            "-loop 1 -i quarters.png -t 2 -r 10 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
                + " -f mpegts "
                + options
                + " "
                + name);
    assertThat(Samples.corners(poster(file))).isEqualTo("RGBW");
    assertThat(facts.width()).isEqualTo(160);
  }

  @Tag("faults")
  @Test
  void showsATransportStreamOfACamera() throws Exception {
    showsATransportStream("-mpegts_m2ts_mode 1", "a.m2ts");
  }

  @Tag("faults")
  @Test
  void showsATransportStreamWhoseKeyFramesAreFarApart() throws Exception {
    Path file =
        make(
            "-loop 1 -i quarters.png -t 2 -r 10 -c:v libx265 -x265-params log-level=error"
                + " -pix_fmt yuv420p -f mpegts a.ts");
    assertThat(Samples.corners(poster(file))).isEqualTo("RGBW");
    assertThat(Samples.corners(frame(file, 1.5))).isEqualTo("RGBW");
  }

  @Tag("faults")
  @Test
  void showsATransportStreamThatBeginsBetweenKeyFrames() throws Exception {
    Path whole =
        make(
            "-loop 1 -i quarters.png -t 3 -r 10 -c:v libx265 -x265-params log-level=error:keyint=15"
                + " -pix_fmt yuv420p -f mpegts a.ts");
    byte[] cut = OddFiles.withoutFirstPicture(Files.readAllBytes(whole));
    Path file = Files.write(folder.resolve("cut.ts"), cut);
    assertThat(Samples.corners(poster(file))).isEqualTo("RGBW");
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource({"4:3, 213, 120", "1:2, 80, 120", "1:1, 160, 120", "1000:1, 160, 120"})
  void showsAVideoWhosePixelsAreNotSquare(String pixel, int width, int height) throws Exception {
    Path file =
        make(
            "-loop 1 -i quarters.png -t 1 -r 10 -vf setsar="
                + pixel.replace(':', '/')
                + " -c:v libx264 -pix_fmt yuv420p a.mp4");
    BufferedImage poster = poster(file);
    assertThat(facts.width() + " x " + facts.height()).isEqualTo(width + " x " + height);
    assertThat(poster.getWidth()).isEqualTo(width);
    assertThat(Samples.corners(poster)).isEqualTo("RGBW");
    assertThat(frame(file, 0.5).getWidth()).isEqualTo(width);
  }

  @Tag("faults")
  @Test
  void showsAVideoOfOneFrame() throws Exception {
    Path file = make("-i quarters.png -frames:v 1 -r 25 -c:v libx264 -pix_fmt yuv420p a.mp4");
    assertThat(Samples.corners(poster(file))).isEqualTo("RGBW");
    assertThat(frame(file, 0.02)).isNotNull();
    assertThat(frame(file, 5)).isNull();
  }

  @Tag("faults")
  @Test
  void showsAVideoWhoseSoundIsLonger() throws Exception {
    Path file =
        make(
            "-loop 1 -t 0.2 -r 25 -i quarters.png -f lavfi -i sine=duration=6 -c:v libx264"
                + " -pix_fmt yuv420p -c:a aac a.mp4");
    assertThat(Samples.corners(poster(file))).isEqualTo("RGBW");
    assertThat(facts.durationMillis()).isBetween(5_900L, 6_100L);
    make("-i a.mp4 -c copy a.mkv");
    assertThat(Samples.corners(poster(folder.resolve("a.mkv")))).isEqualTo("RGBW");
  }

  /** 160 x 120 pixels that are 4:3 are 213 x 120 square ones. */
  @Test
  void showsTheTrackThatIsOnThoughItsPixelsAreNotSquare() throws Exception {
    Path file =
        make(
            "-f lavfi -i color=black:size=64x48:rate=10:duration=1 -loop 1 -t 1 -r 10 -i quarters.png"
                + " -map 0 -map 1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
                + " -filter:v:1 setsar=4/3 -disposition:0 0 -disposition:1 default a.mp4");
    BufferedImage poster = poster(file);
    assertThat(facts.width() + " x " + facts.height()).isEqualTo("213 x 120");
    assertThat(poster.getWidth()).isEqualTo(213);
    assertThat(Samples.corners(poster)).isEqualTo("RGBW");
    assertThat(frame(file, 0.5).getWidth()).isEqualTo(213);
  }

  /**
   * White of 203 cd/m2 (ITU-R BT.2408), and the grey that is 0x80 in sRGB: neither dark nor washed
   * out.
   */
  @ParameterizedTest
  @CsvSource("18, 721, 476")
  void showsWhiteOfHdrAsWhite(int transfer, int white, int grey) throws Exception {
    Path file =
        make(
            "-f lavfi -i color=size=160x120:rate=10:duration=0.5,format=yuv420p10le,"
                + "geq=lum=if(lt(X\\,80)\\,%d\\,%d):cb=512:cr=512".formatted(white, grey)
                + " -c:v libx265 -preset ultrafast -tag:v hvc1"
                + " -x265-params log-level=error:colorprim=9:colormatrix=9"
                + ":transfer=%d a.mov".formatted(transfer));
    for (BufferedImage shown : List.of(poster(file), frame(file, 0.2))) {
      assertThat(shown.getRGB(40, 60) & 0xff).isGreaterThan(255 - TOLERANCE);
      assertThat(shown.getRGB(120, 60) & 0xff).isBetween(0x80 - TOLERANCE, 0x80 + TOLERANCE);
    }
  }

  @Tag("faults")
  @Test
  void showsWhiteOfThePerceptualQuantizerToo() throws Exception {
    showsWhiteOfHdrAsWhite(16, 573, 434);
  }
}
