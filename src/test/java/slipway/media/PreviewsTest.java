package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.AnyContainer;
import slipway.harness.SampleMedia;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.Codecs;
import slipway.media.pictures.HeicSample;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.pictures.Pictures;
import slipway.media.pictures.Preview;
import slipway.media.video.VideoTools;

class PreviewsTest {
  private static final VideoTools TOOLS = new VideoTools("ffmpeg", "ffprobe", 60, 2048);

  private static final HeifTool HEIF = new HeifTool("/nowhere/heif-dec", 60, 2048);

  private static final DecoderLimits LIMITS =
      new DecoderLimits(128, Duration.ofSeconds(20), 250_000_000);

  @TempDir Path folder;
  private final Pictures pictures = new Pictures(new Codecs(), LIMITS.maxPixels());

  private Preview preview(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("file"), file);
    return preview(path);
  }

  private Preview preview(Path path) throws Exception {
    byte[] head = Arrays.copyOf(Files.readAllBytes(path), MediaType.HEAD_BYTES);
    return pictures.preview(path, MediaType.detect(head), 1280);
  }

  private static byte[] rendition(Preview preview, int width, int height, boolean crop)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    preview.rendition(width, height, crop, bytes);
    return bytes.toByteArray();
  }

  private Previews videos(VideoTools tools) throws IOException {
    return new Previews(folder.resolve("work"), LIMITS, HEIF, tools);
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    return Samples.encode(Samples.quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  @ParameterizedTest
  @CsvSource({
    "1,RGBW,80,48", "2,GRWB,80,48", "3,WBGR,80,48", "4,BWRG,80,48",
    "5,RBGW,48,80", "6,BRWG,48,80", "7,WGBR,48,80", "8,GWRB,48,80"
  })
  void turnsAPictureUpright(int orientation, String corners, int width, int height)
      throws Exception {
    Preview preview = preview(Samples.withSegment(jpeg(80, 48), 0xffe1, Samples.exif(orientation)));
    assertThat(Samples.corners(preview.image())).isEqualTo(corners);
    assertThat(preview.facts().width()).isEqualTo(width);
    assertThat(preview.facts().height()).isEqualTo(height);
    assertThat(preview.image().getWidth()).isEqualTo(width);
  }

  @Test
  void limitsTheWidthAsShownOfAPictureThatLiesOnItsSide() throws Exception {
    byte[] file = Samples.withSegment(jpeg(3000, 2000), 0xffe1, Samples.exif(6));
    Preview preview = preview(file);
    assertThat(preview.facts().width()).isEqualTo(2000);
    assertThat(preview.image().getWidth()).isEqualTo(1280);
    assertThat(preview.image().getHeight()).isEqualTo(1920);
  }

  @Test
  void readsWhenAPictureWasTakenAndKeepsNothingElse() throws Exception {
    byte[] file = Samples.withSegment(jpeg(400, 300), 0xffe1, Samples.exif(1));
    assertThat(
            ImageMetadataReader.readMetadata(new ByteArrayInputStream(file))
                .getFirstDirectoryOfType(GpsDirectory.class)
                .getGeoLocation()
                .getLatitude())
        .isEqualTo(55);
    Preview preview = preview(file);
    assertThat(preview.facts().takenAt()).isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
    byte[] rendition = rendition(preview, 200, 150, false);
    var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(rendition));
    assertThat(metadata.containsDirectoryOfType(GpsDirectory.class)).isFalse();
    assertThat(metadata.getDirectoriesOfType(ExifDirectoryBase.class)).isEmpty();
  }

  @Test
  void keepsWhatShowsThrough() throws Exception {
    BufferedImage image = Samples.quarters(64, 64, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 32, 32, new int[32 * 32], 0, 32);
    byte[] rendition = rendition(preview(Samples.encode(image, "png")), 32, 32, false);
    assertThat(MediaType.detect(rendition)).isEqualTo("image/png");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(rendition));
    assertThat(read.getRGB(4, 4) >>> 24).isZero();
    assertThat(Samples.colour(read.getRGB(28, 4))).isEqualTo("G");
  }

  @Test
  void makesAJpegWhereNothingShowsThrough() throws Exception {
    byte[] opaque = Samples.encode(Samples.quarters(64, 64, BufferedImage.TYPE_INT_ARGB), "png");
    byte[] rendition = rendition(preview(opaque), 16, 16, true);
    assertThat(MediaType.detect(rendition)).isEqualTo("image/jpeg");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(rendition));
    assertThat(read.getWidth()).isEqualTo(16);
    assertThat(read.getHeight()).isEqualTo(16);
  }

  @Test
  void takesTheFirstPictureOfAnAnimatedGif() throws Exception {
    Path file = folder.resolve("file");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      BufferedImage first = Samples.quarters(40, 40, BufferedImage.TYPE_INT_RGB);
      writer.writeToSequence(new IIOImage(first, null, null), null);
      BufferedImage black = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      writer.writeToSequence(new IIOImage(black, null, null), null);
      writer.endWriteSequence();
    }
    assertThat(Samples.corners(preview(file).image())).isEqualTo("RGBW");
  }

  @ParameterizedTest
  @CsvSource({"tiff", "bmp", "png", "jpeg", "gif"})
  void readsTheFormat(String format) throws Exception {
    byte[] file = Samples.encode(Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB), format);
    Preview preview = preview(file);
    assertThat(Samples.corners(preview.image())).isEqualTo("RGBW");
    assertThat(preview.facts().height()).isEqualTo(40);
  }

  @Test
  void readsWebp() throws Exception {
    Files.write(
        folder.resolve("in.png"),
        Samples.encode(Samples.quarters(60, 40, BufferedImage.TYPE_INT_RGB), "png"));
    Preview preview = preview(Samples.ffmpeg(folder, "-i in.png -c:v libwebp -quality 95 p.webp"));
    assertThat(Samples.corners(preview.image())).isEqualTo("RGBW");
  }

  @Test
  void leavesAvifAsItIsButReadsItsSize() throws Exception {
    Path avif =
        Samples.ffmpeg(
            folder,
            "-f lavfi -i testsrc2=size=64x40:rate=1:duration=1 -frames:v 1 -c:v libaom-av1"
                + " -still-picture 1 -cpu-used 8 p.avif");
    assertThatThrownBy(() -> preview(avif))
        .isInstanceOfSatisfying(
            NoPreviewException.class,
            e -> {
              assertThat(e.obstacle()).isEqualTo(Obstacle.KIND);
              assertThat(e.facts()).isEqualTo(new MediaFacts(64, 40, null, null));
            })
        .hasMessageContaining("image/avif");
  }

  @Test
  void readsAnHeicOfItsPrimaryPictureAlone() throws Exception {
    assertThat(heic(HeicSample.file()))
        .isEqualTo(new MediaFacts(3024, 4032, null, Instant.parse("2024-05-06T05:08:09Z")));
  }

  /** A byte of its boxes turned over, and an end of the file: with -Pfaults, each of them. */
  @Test
  void takesABrokenHeicAsOneThatSaysNothingOrLess() throws Exception {
    byte[] file = HeicSample.file();
    for (int i = 0; i < file.length; i += AnyContainer.ALL ? 1 : 3) {
      byte[] turned = file.clone();
      turned[i] ^= (byte) 0xff;
      heic(turned);
      heic(Arrays.copyOf(file, i));
    }
    assertThat(heic(Arrays.copyOf(file, 40))).isEqualTo(MediaFacts.NONE);
  }

  @Test
  void takesAnHeicWhoseBoxesClaimTooMuchAsOneThatSaysNothing() throws Exception {
    assertThat(heic(HeicSample.farBox())).isEqualTo(MediaFacts.NONE);
    assertThat(heic(HeicSample.manyExtents())).isEqualTo(MediaFacts.NONE);
  }

  private MediaFacts heic(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("file.heic"), file);
    NoPreviewException why =
        catchThrowableOfType(
            NoPreviewException.class, () -> pictures.preview(path, "image/heic", 1280));
    assertThat(why.obstacle()).isEqualTo(Obstacle.KIND);
    return why.facts();
  }

  @Test
  void decodesAProgressiveJpeg() throws Exception {
    Preview preview = preview(Samples.progressiveJpeg(Samples.quarters(900, 600, 1)));
    assertThat(Samples.corners(preview.image())).isEqualTo("RGBW");
    assertThat(preview.facts().width()).isEqualTo(900);
  }

  /** A progressive JPEG is unpacked whole, so that the heap sets its limit. */
  @Test
  void refusesAProgressiveJpegThatIsTooLargeForTheHeap() throws Exception {
    int side = (int) Math.sqrt(Runtime.getRuntime().maxMemory() / 16.0) + 8;
    byte[] progressive =
        Samples.withSize(Samples.progressiveJpeg(Samples.quarters(8, 8, 1)), side, side);
    Pictures unlimited = new Pictures(new Codecs(), Long.MAX_VALUE);
    Path file = Files.write(folder.resolve("file"), progressive);
    assertThatThrownBy(() -> unlimited.preview(file, "image/jpeg", 1280))
        .hasMessageContaining(side + " x " + side);
  }

  @Test
  void refusesAJpegOfThousandsOfScans() {
    assertThatThrownBy(() -> preview(ManyScans.jpeg(64, 3000)))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("more than the 100 scans");
  }

  @Test
  void refusesAJpegOfThousandsOfSegmentsBeforeOrBetweenItsScans() throws Exception {
    byte[] plain = jpeg(8, 8);
    assertThat(preview(withComments(plain, 2, 9_000)).facts().width()).isEqualTo(8);
    assertThatThrownBy(() -> preview(withComments(plain, 2, 10_001)))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("more than the 10000 segments");
    byte[] scans = ManyScans.jpeg(64, 3);
    assertThatThrownBy(() -> preview(withComments(scans, scans.length - 2, 10_001)))
        .hasMessageContaining("more than the 10000 segments");
  }

  private static byte[] withComments(byte[] jpeg, int at, int count) {
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 * count).put(jpeg, 0, at);
    for (int i = 0; i < count; i++) {
      file.putInt(0xfffe0002);
    }
    return file.put(jpeg, at, jpeg.length - at).array();
  }

  @Test
  void decodesAJpegOfAsManyScansAsThereMayBe() throws Exception {
    assertThat(preview(ManyScans.jpeg(64, 99)).facts().width()).isEqualTo(64);
  }

  @Test
  void saysThatAFileOfJunkIsBroken() throws Exception {
    byte[] junk = new byte[4 << 20];
    Arrays.fill(junk, (byte) '\n');
    junk[0] = (byte) 0xff;
    junk[1] = (byte) 0xd8;
    junk[2] = (byte) 0xff;
    assertThatThrownBy(() -> preview(junk)).isInstanceOf(NoPreviewException.class);
  }

  @Test
  void convertsInks() throws Exception {
    assertThat(Samples.corners(preview(Samples.cmykJpeg()).image())).isEqualTo("CCCC");
  }

  @Test
  void convertsAColourProfile() throws Exception {
    byte[] file = Samples.withSegment(jpeg(80, 48), 0xffe2, Samples.swappedProfile());
    assertThat(Samples.corners(preview(file).image())).isEqualTo("GRBW");
  }

  @Test
  void appliesTheProfileAndTheOrientationOfAPng() throws Exception {
    byte[] png = Samples.encode(Samples.quarters(80, 48, BufferedImage.TYPE_INT_RGB), "png");
    byte[] exif = Samples.exif(6);
    byte[] profiled = Samples.withChunk(png, "iCCP", Samples.packedProfile());
    Preview preview =
        preview(Samples.withChunk(profiled, "eXIf", Arrays.copyOfRange(exif, 6, exif.length)));
    assertThat(Samples.corners(preview.image())).isEqualTo("BGWR");
    assertThat(preview.facts().takenAt()).isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
  }

  @Test
  void makesNoRenditionHigherThanAJpegCanBe() throws Exception {
    byte[] png = Samples.encode(new BufferedImage(8, 70_000, BufferedImage.TYPE_INT_RGB), "png");
    byte[] rendition = rendition(preview(png), 8, 70_000, false);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(rendition));
    assertThat(read.getHeight()).isEqualTo(65_500);
  }

  @Test
  void cutsSquaresFromAPanoramaWithoutEnlarging() throws Exception {
    Preview preview = preview(jpeg(6000, 220));
    assertThat(preview.image().getHeight()).isEqualTo(200);
    byte[] large = rendition(preview, 1280, 47, false);
    assertThat(ImageIO.read(new ByteArrayInputStream(large)).getHeight()).isEqualTo(47);
  }

  /** Of a line, no step across it leaves fewer pixels. */
  @Tag("faults")
  @Test
  void decodesALine() throws Exception {
    int length = 40_000_000;
    BufferedImage line = new BufferedImage(length, 1, BufferedImage.TYPE_BYTE_BINARY);
    Preview preview = preview(Samples.encode(line, "png"));
    assertThat(preview.facts().width()).isEqualTo(length);
    assertThat(preview.image().getWidth()).isLessThanOrEqualTo(16_000_000);
  }

  @Test
  void keepsGreyAsLightAsItIs() throws Exception {
    BufferedImage grey = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 10, 10, 0, new int[100]);
    grey.getRaster().setSample(5, 5, 0, 100);
    int rgb = preview(Samples.encode(grey, "png")).image().getRGB(5, 5);
    assertThat(rgb).isEqualTo(0xff646464);
  }

  @Test
  void refusesABombByItsHeader() {
    assertThatThrownBy(() -> preview(Samples.bomb(60_000, 60_000)))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("60000 x 60000");
  }

  @Test
  void saysThatABrokenFileIsBroken() throws IOException {
    byte[] broken = Arrays.copyOf(jpeg(9, 9), 30);
    assertThatThrownBy(() -> preview(broken))
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.FILE));
  }

  @Test
  void turnsAVideoUprightAndReadsItsFacts() throws Exception {
    Files.copy(SampleMedia.mp4(), folder.resolve("flat.mp4"));
    Path file =
        Samples.ffmpeg(
            folder,
            "-i flat.mp4 -an -c copy -metadata:s:v rotate=90 -metadata creation_time=2024-05-06T05:08:09Z turned.mp4");
    try (Previews videos = videos(TOOLS);
        DecodedPicture picture = videos.of(file, "video/mp4", 1280)) {
      Instant taken = Instant.parse("2024-05-06T05:08:09Z");
      assertThat(picture.facts()).isEqualTo(new MediaFacts(240, 320, 2000L, taken));
      BufferedImage image = ImageIO.read(picture.rendition("a", 240, 320, false).toFile());
      assertThat(image.getWidth()).isEqualTo(240);
      assertThat(image.getHeight()).isEqualTo(320);
    }
  }

  @Test
  void tellsAsLongAsNoDecoderCanBeStarted() throws Exception {
    Path work = folder.resolve("work");
    try (Previews pictures = videos(TOOLS)) {
      Files.createFile(work);
      Path file = Files.write(folder.resolve("file"), jpeg(20, 20));
      assertThat(pictures.isGood()).isTrue();
      assertThatThrownBy(() -> pictures.of(file, "image/jpeg", 1280))
          .isInstanceOf(IOException.class);
      assertThat(pictures.isGood()).isFalse();
      Files.delete(work);
      pictures.of(file, "image/jpeg", 1280).close();
      assertThat(pictures.isGood()).isTrue();
    }
  }

  @Test
  void tellsAlsoWhereOnlyVideosWait() throws Exception {
    Path work = folder.resolve("work");
    Path file = Files.copy(SampleMedia.mp4(), folder.resolve("file"));
    try (Previews videos = new Previews(work, LIMITS, HEIF, TOOLS, Duration.ZERO)) {
      Files.createSymbolicLink(work, folder.resolve("nowhere"));
      assertThatThrownBy(() -> videos.of(file, "video/mp4", 1280)).isInstanceOf(IOException.class);
      assertThat(videos.isGood()).isFalse();
      videos.rest();
      assertThat(videos.isGood()).isFalse();
      Files.createDirectory(folder.resolve("nowhere"));
      videos.rest();
      assertThat(videos.isGood()).isTrue();
    }
  }

  @Tag("faults")
  @Test
  void findsOutByItselfThatADecoderCanBeStartedAgain() throws Exception {
    Path work = folder.resolve("work");
    Path file = Files.write(folder.resolve("file"), jpeg(20, 20));
    try (Previews pictures = new Previews(work, LIMITS, HEIF, TOOLS, Duration.ZERO)) {
      Files.createFile(work);
      assertThatThrownBy(() -> pictures.of(file, "image/jpeg", 1280))
          .isInstanceOf(IOException.class);
      pictures.rest();
      assertThat(pictures.isGood()).isFalse();
      Files.delete(work);
      pictures.rest();
      assertThat(pictures.isGood()).isTrue();
    }
  }

  /** A picture every five seconds; a single one; sound that is longer; and its index is missing. */
  @Tag("faults")
  @ParameterizedTest
  @CsvSource({
    "-f lavfi -i testsrc2=size=64x48:rate=1/5:duration=20 a.mp4,16,19.9",
    "-f lavfi -i testsrc2=size=64x48:rate=25:duration=0.04 a.mkv,0.02,0.04",
    "-f lavfi -i testsrc2=size=64x48:rate=5:duration=2 -f lavfi -i sine=duration=30 a.mp4,3,30",
    "-f lavfi -i testsrc2=size=64x48:rate=5:duration=2 -f lavfi -i sine=duration=30 a.ts,3,29"
  })
  void takesTheLastPictureUpToTheEnd(String made, double early, double late) throws Exception {
    Path file = Samples.ffmpeg(folder, made);
    try (Previews videos = videos(TOOLS)) {
      videos.of(file, "video/mp4", 1280).close();
      BufferedImage last = at(videos, file, early);
      assertThat(last.getWidth()).isEqualTo(64);
      assertThat(at(videos, file, late).getRGB(0, 0, 64, 48, null, 0, 64))
          .isEqualTo(last.getRGB(0, 0, 64, 48, null, 0, 64));
      assertThatThrownBy(() -> at(videos, file, 40))
          .isInstanceOfSatisfying(
              NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.TIME));
    }
  }

  private static BufferedImage at(Previews videos, Path file, double second) throws Exception {
    long millis = Math.round(second * 1000);
    try (DecodedPicture picture = videos.at(file, "video/mp4", millis, 1280)) {
      return ImageIO.read(picture.rendition("a", 64, 48, false).toFile());
    }
  }

  @Test
  void refusesMillionsOfShortRowsByTheirNumber() throws Exception {
    byte[] png = Samples.encode(Samples.quarters(1, 8, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(20, 200_000_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> preview(png))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("200000000 rows");
  }

  @Test
  void opensNoPlaylistAsAVideo() throws Exception {
    Path playlist = folder.resolve("list");
    Files.writeString(
        playlist, "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n");
    assertThatThrownBy(() -> videos(TOOLS).of(playlist, "video/mp4", 1280))
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.FILE));
  }

  @Test
  void leavesAVideoAsItIsWithoutFfmpeg() throws Exception {
    VideoTools none = new VideoTools("/nowhere/ffmpeg", "/nowhere/ffprobe", 60, 2048);
    Path file = Files.write(folder.resolve("file"), new byte[10]);
    assertThatThrownBy(() -> videos(none).of(file, "video/mp4", 1280))
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.KIND))
        .hasMessageContaining("ffmpeg");
    assertThatThrownBy(() -> videos(none).at(file, "video/mp4", 500, 1280))
        .isInstanceOf(NoPreviewException.class)
        .hasMessageContaining("needs ffmpeg, which is not installed here");
  }
}
