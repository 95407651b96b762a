package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.SampleMedia;
import slipway.harness.Tool;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.KilledException;
import slipway.media.program.WorkFolder;
import slipway.media.video.ConversionLimits;
import slipway.media.video.VideoCopies;
import slipway.media.video.VideoCopy;
import slipway.media.video.VideoTools;

/** Which videos need a copy that every browser plays, and what the copy is like. */
class VideoCopiesTest {
  private static final VideoTools TOOLS = new VideoTools("ffmpeg", "ffprobe", 60, 2048);
  private static final long MOST_PIXELS = 250_000_000;

  /** Of what encoders and the conversion of colours change, of 255. */
  private static final int TOLERANCE = 14;

  private static final String QUARTERS = "-loop 1 -t 0.6 -r 10 -i quarters.png ";
  private static final String H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p ";
  private static final String HEVC =
      "-c:v libx265 -preset ultrafast -x265-params log-level=error -tag:v hvc1 -pix_fmt yuv420p ";
  private static final String SOUND = "-f lavfi -i sine=duration=0.6 ";

  /** It takes some seconds to convert. */
  private static final String SECONDS =
      "-f lavfi -i testsrc2=size=1280x720:rate=30:duration=2.5 " + H264 + "a.ts";

  @TempDir Path folder;
  private VideoCopies copies;
  private WorkFolder work;

  @BeforeEach
  void open() throws IOException {
    work = new WorkFolder(folder.resolve("work"));
    copies = copies(TOOLS, new ConversionLimits(1, 1080, 2, 600, 10));
    BufferedImage quarters = Samples.quarters(160, 120, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(quarters, "png", folder.resolve("quarters.png").toFile());
  }

  private VideoCopies copies(VideoTools tools, ConversionLimits limits) {
    return new VideoCopies(tools, limits, work, MOST_PIXELS);
  }

  private Path make(String options) throws Exception {
    return Samples.ffmpeg(folder, options);
  }

  private static String type(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return MediaType.detect(Arrays.copyOf(bytes, Math.min(bytes.length, 65536)));
  }

  private String obstacle(Path file) throws Exception {
    return copies.obstacle(file, type(file)).orElse("");
  }

  @Test
  void leavesAVideoThatEveryBrowserPlays() throws Exception {
    assertThat(obstacle(SampleMedia.mp4())).isEmpty();
  }

  @Tag("faults")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libopus a.webm",
        H264 + "-c:a aac a.mp4",
        H264 + "-profile:v baseline -c:a libmp3lame a.mp4",
        H264 + "-an a.mp4",
        H264 + "-c:a aac a.m4v",
        "-c:v libvpx -deadline realtime -c:a libvorbis a.webm",
      })
  void leavesOthersThatEveryBrowserPlaysToo(String options) throws Exception {
    assertThat(obstacle(make(QUARTERS + SOUND + options))).isEmpty();
  }

  /** As a phone makes it that is held upright. */
  @Test
  void convertsAVideoThatSomeBrowsersDoNotPlayAndTurnsItUpright() throws Exception {
    Path flat = make(QUARTERS + SOUND + HEVC + "-c:a aac flat.mov");
    assertThat(flat).exists();
    Path file = make("-i flat.mov -c copy -metadata:s:v:0 rotate=90 a.mov");
    assertIsConverted(file, "HEVC, QuickTime", "h264,120,160 aac", "GWRB");
  }

  /** Every browser plays the copy, which looks as the video does. */
  private void assertIsConverted(Path file, String words, String streams, String corners)
      throws Exception {
    assertThat(obstacle(file)).isEqualTo(words);
    double[] most = {0};
    try (VideoCopy copy = copies.make(file, done -> isAt(done, most)).orElseThrow()) {
      assertThat(copies.obstacle(copy.file(), "video/mp4")).isEmpty();
      assertThat(facts(copy, "stream=codec_name,width,height")).isEqualTo(streams);
      assertThat(Samples.corners(frame(copy))).isEqualTo(corners);
      assertThat("h264," + copy.width() + "," + copy.height()).isEqualTo(streams.split(" ")[0]);
      assertThat(order(copy.file())).as("the index comes first").startsWith("moov");
    }
    assertThat(left()).isEmpty();
  }

  private static boolean isAt(double done, double[] most) {
    assertThat(done).isBetween(most[0], 1.0);
    most[0] = done;
    return true;
  }

  @Tag("faults")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        HEVC + "-c:a aac a.mp4 | HEVC, MP4 | h264 aac",
        H264 + "-c:a pcm_s16le a.mov | H.264, PCM, QuickTime | h264 aac",
        HEVC + "-an a.mov | HEVC, QuickTime | h264",
        H264 + "-c:a aac a.mkv | H.264, Matroska | h264 aac",
        H264 + "-c:a ac3 -ac 6 a.mp4 | H.264, AC3, MP4 | h264 aac",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -an a.mp4"
            + " | H.264, 10-bit, MP4 | h264",
        "-c:v prores_ks -pix_fmt yuv422p10le -c:a pcm_s16le -ar 96000 a.mov"
            + " | ProRes, 10-bit, 4:2:2, PCM, QuickTime | h264 aac",
        "-c:v mpeg2video -b:v 2M -c:a mp2 -f mpegts a.ts" + " | MPEG-2, MP2, MPEG-TS | h264 aac",
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p10le -c:a libopus a.webm"
            + " | VP9, 10-bit, Opus, WebM | h264 aac",
        "-c:v mpeg4 -b:v 2M -c:a libmp3lame a.avi | MPEG-4 part 2, AVI | h264 aac",
        "-c:v wmv2 -b:v 2M -c:a wmav2 a.wmv | WMV2, WMAV2, Windows Media | h264 aac",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -an a.mp4 | H.264, 4:4:4, MP4 | h264",
        "-c:v mpeg2video -b:v 2M -an -f vob a.mpg | MPEG-2, MPEG | h264",
        H264 + "-c:a aac -f mpegts -mpegts_m2ts_mode 1 a.m2ts | H.264, MPEG-TS | h264 aac",
        "-c:v mjpeg -pix_fmt yuvj420p -q:v 3 -an a.avi | Motion JPEG, AVI | h264",
      })
  void convertsAnyVideo(String options, String words, String codecs) throws Exception {
    Path file = make(QUARTERS + SOUND + options);
    assertIsConverted(file, words, codecs.replace("h264", "h264,160,120"), "RGBW");
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("work"))) {
      return files.map(Path::toString).toList();
    }
  }

  /** What ffprobe says of a copy, its lines in one. */
  private String facts(VideoCopy copy, String entries) throws Exception {
    Process process =
        new ProcessBuilder(
                Tool.require("ffprobe").toString(),
                "-v",
                "error",
                "-show_entries",
                entries,
                "-of",
                "csv=p=0",
                copy.file().toString())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return String.join(" ", said.lines().filter(line -> !line.isBlank()).toList());
  }

  private BufferedImage frame(VideoCopy copy) throws Exception {
    Files.copy(copy.file(), folder.resolve("copied.mp4"));
    String options = "-ss 0.2 -i copied.mp4 -frames:v 1 frame.png";
    return ImageIO.read(Samples.ffmpegNow(folder, options).toFile());
  }

  private static String order(Path file) throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return bytes.indexOf("moov") < bytes.indexOf("mdat") ? "moov, mdat" : "mdat, moov";
  }

  @Tag("faults")
  @Test
  void leavesACopyThatIsUpright() throws Exception {
    Path flat = make(QUARTERS + HEVC + "-an flat.mov");
    assertThat(flat).exists();
    Path file = make("-i flat.mov -c copy -metadata:s:v:0 rotate=0 a.mov");
    assertIsConverted(file, "HEVC, QuickTime", "h264,160,120", "RGBW");
  }

  @Tag("faults")
  @Test
  void beginsTheCopyOfATransportStreamWithItsFirstKeyFrame() throws Exception {
    Path whole =
        make(
            "-loop 1 -i quarters.png -t 3 -r 10 -c:v libx265 -x265-params log-level=error:keyint=15"
                + " -pix_fmt yuv420p -f mpegts a.ts");
    byte[] cut = OddFiles.withoutFirstPicture(Files.readAllBytes(whole));
    Path file = Files.write(folder.resolve("cut.ts"), cut);
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      assertThat(Samples.corners(frame(copy))).isEqualTo("RGBW");
    }
  }

  /** Rounding makes it a little green, where it is done without care. */
  @Tag("faults")
  @Test
  void keepsGreyGrey() throws Exception {
    Path file =
        make("-f lavfi -i color=0x7e7e7e:size=160x120:rate=10:duration=0.5 " + HEVC + "a.mov");
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      int shown = frame(copy).getRGB(80, 60);
      int green = shown >> 8 & 0xff;
      assertThat(green - (shown >> 16 & 0xff)).isBetween(-1, 1);
      assertThat(green - (shown & 0xff)).isBetween(-1, 1);
    }
  }

  @Tag("faults")
  @Test
  void givesTheCopySquarePixels() throws Exception {
    Path file = make(QUARTERS + "-vf setsar=4/3 " + HEVC + "-an a.mov");
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      assertThat(facts(copy, "stream=width,height,sample_aspect_ratio")).isEqualTo("214,120,1:1");
      assertThat(Samples.corners(frame(copy))).isEqualTo("RGBW");
    }
  }

  @Tag("faults")
  @Test
  void makesAtMost1080LinesAnd30PicturesASecond() throws Exception {
    Path file =
        make("-f lavfi -i testsrc2=size=2160x3840:rate=60:duration=0.2 " + H264 + "-an a.mov");
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      assertThat(facts(copy, "stream=width,height,avg_frame_rate")).isEqualTo("1080,1920,30/1");
    }
  }

  @Tag("faults")
  @Test
  void takesTheTrackThatIsOn() throws Exception {
    Path file =
        make(
            "-f lavfi -i color=black:size=64x48:rate=10:duration=0.6 "
                + QUARTERS
                + "-map 0 -map 1 "
                + H264
                + "-disposition:0 0 -disposition:1 default a.mp4");
    assertThat(obstacle(file)).isEqualTo("H.264, MP4");
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      assertThat(Samples.corners(frame(copy))).isEqualTo("RGBW");
    }
  }

  /** White of 203 cd/m2 (ITU-R BT.2408), and the grey that is 0x80 in sRGB. */
  @Tag("faults")
  @ParameterizedTest
  @CsvSource({"16, 573, 434", "18, 721, 476"})
  void mapsHdrToTheLightOfUsualScreens(int transfer, int white, int grey) throws Exception {
    Path file =
        make(
            "-f lavfi -i color=size=160x120:rate=10:duration=0.5,format=yuv420p10le,"
                + "geq=lum=if(lt(X\\,80)\\,%d\\,%d):cb=512:cr=512".formatted(white, grey)
                + " -c:v libx265 -preset ultrafast -tag:v hvc1"
                + " -x265-params log-level=error:colorprim=9:colormatrix=9"
                + ":transfer=%d a.mov".formatted(transfer));
    assertThat(obstacle(file)).isEqualTo("HEVC, 10-bit, HDR, QuickTime");
    try (VideoCopy copy = copies.make(file, done -> true).orElseThrow()) {
      assertThat(facts(copy, "stream=pix_fmt,color_range,color_space,color_transfer"))
          .isEqualTo("yuv420p,tv,bt709,bt709");
      BufferedImage shown = frame(copy);
      assertThat(shown.getRGB(40, 60) & 0xff).isGreaterThan(255 - TOLERANCE);
      assertThat(shown.getRGB(120, 60) & 0xff).isBetween(0x80 - TOLERANCE, 0x80 + TOLERANCE);
    }
  }

  @Test
  void endsWhereACopyIsNotWantedAnyMore() throws Exception {
    assertThat(copies.make(make(SECONDS), done -> false)).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Tag("faults")
  @Test
  void tellsHowFarItIs() throws Exception {
    Path file = make(SECONDS);
    double[] most = {0};
    try (VideoCopy copy = copies.make(file, done -> isAt(done, most)).orElseThrow()) {
      assertThat(copy.file()).exists();
    }
    assertThat(most[0]).isGreaterThan(0);
  }

  @Test
  void refusesAVideoThatIsTooLongOrBroken() throws Exception {
    Path file = make("-f lavfi -i color=size=16x16:rate=1:duration=61 -c:v mpeg4 a.avi");
    ConversionLimits brief = new ConversionLimits(1, 1080, 1, 600, 1);
    assertThatThrownBy(() -> copies(TOOLS, brief).make(file, done -> true))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("longer than the 1 minutes");
    Path broken = Files.write(folder.resolve("b.mov"), new byte[1000]);
    assertThatThrownBy(() -> copies.make(broken, done -> true))
        .isInstanceOf(NoPreviewException.class);
    assertThat(left()).isEmpty();
  }

  @Tag("faults")
  @Test
  void refusesAVideoThatIsTooCostly() throws Exception {
    Path large = make("-f lavfi -i testsrc2=size=1920x1080:rate=30:duration=5 " + H264 + "a.ts");
    ConversionLimits dear = new ConversionLimits(1, 1080, 2, 1, 10);
    assertThatThrownBy(() -> copies(TOOLS, dear).make(large, done -> true))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageMatching("The file took (longer|more) than .* to convert.");
    assertThat(left()).isEmpty();
  }

  @Test
  void doesNotBlameAFileForAnFfmpegThatIsKilled() throws Exception {
    Path program = Files.writeString(folder.resolve("dying"), "#!/bin/sh\nkill -KILL $$\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    VideoTools dying = new VideoTools(program.toString(), "ffprobe", 60, 2048);
    assertThatThrownBy(
            () ->
                copies(dying, new ConversionLimits(1, 1080, 2, 600, 10))
                    .make(SampleMedia.hevc(), d -> true))
        .isInstanceOf(KilledException.class);
    assertThat(left()).isEmpty();
  }
}
