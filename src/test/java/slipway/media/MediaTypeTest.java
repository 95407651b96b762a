package slipway.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.tika.Tika;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.SampleMedia;

class MediaTypeTest {
  private static final List<String> DEFAULT = List.of("image/*", "video/*");

  private static final Map<String, List<String>> LIBRARYS_NAMES =
      Map.of(
          "video/webm", List.of("application/x-matroska"),
          "video/x-matroska", List.of("application/x-matroska"),
          "video/mp4", List.of("video/mp4", "application/mp4", "video/quicktime"));

  @Test
  void tellsPicturesByTheirBytes() {
    assertThat(MediaType.detect(SampleMedia.jpeg(8, 8))).isEqualTo("image/jpeg");
    assertThat(MediaType.detect(SampleMedia.png(8, 8))).isEqualTo("image/png");
    assertThat(MediaType.detect(SampleMedia.gif(8, 8))).isEqualTo("image/gif");
  }

  @Test
  void tellsAPictureWhateverTextIsInIt() {
    byte[] page = "<!DOCTYPE html><html><script>%PDF-1.7".getBytes(ISO_8859_1);
    byte[] jpeg = SampleMedia.jpeg(8, 8);
    byte[] both = Arrays.copyOf(jpeg, jpeg.length + page.length);
    System.arraycopy(page, 0, both, jpeg.length, page.length);
    assertThat(MediaType.detect(both)).isEqualTo("image/jpeg");
    assertThat(MediaType.detect(page)).isEqualTo("text/html");
  }

  /** The signatures of our own have to say what the library says. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aFewBytesTellWhatTheWholeHeadTells(String type, byte[] file) {
    byte[] first = Arrays.copyOf(file, Math.min(file.length, MediaType.FIRST_BYTES));
    assertThat(MediaType.ofFirstBytes(first)).contains(type);
    assertThat(MediaType.detect(file)).isEqualTo(type);
    assertThat(new Tika().detect(file)).isIn(LIBRARYS_NAMES.getOrDefault(type, List.of(type)));
  }

  static Stream<Arguments> kinds() throws IOException {
    return Stream.of(
        Arguments.of("image/jpeg", SampleMedia.jpeg(8, 8)),
        Arguments.of("image/png", SampleMedia.png(8, 8)),
        Arguments.of("image/gif", SampleMedia.gif(8, 8)),
        Arguments.of("image/webp", bytes("RIFF\u0024\0\0\0WEBPVP8 ")),
        Arguments.of("video/x-msvideo", bytes("RIFF\u0024\0\0\0AVI LIST")),
        Arguments.of("video/webm", ebml("webm")),
        Arguments.of("video/x-matroska", ebml("matroska")),
        Arguments.of("video/mp4", Files.readAllBytes(SampleMedia.mp4())),
        Arguments.of("video/mp4", ftyp("mp42")),
        Arguments.of("video/mp4", ftyp("iso6")),
        Arguments.of("video/x-m4v", ftyp("M4V ")),
        Arguments.of("video/3gpp", ftyp("3gp5")),
        Arguments.of("video/3gpp2", ftyp("3g2a")),
        Arguments.of("video/quicktime", ftyp("qt  ")));
  }

  private static byte[] bytes(String latin) {
    return Arrays.copyOf(latin.getBytes(ISO_8859_1), 600);
  }

  private static byte[] ebml(String document) {
    return bytes(
        "\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082" + (char) document.length() + document);
  }

  private static byte[] ftyp(String brand) {
    return bytes("\0\0\0\24ftyp" + brand + "\0\0\0\0" + brand);
  }

  /** Canon's raw pictures begin as TIFF does. */
  @Test
  void tellsTiffFromWhatBeginsLikeIt() {
    assertThat(MediaType.detect(bytes("II*\0\20\0\0\0CR\2\0"))).isEqualTo("image/x-canon-cr2");
    assertThat(MediaType.detect(bytes("II*\0\10\0\0\0\1\0\0\1"))).isEqualTo("image/tiff");
    assertThat(MediaType.detect(bytes("MM\0*\0\0\0\10\0\1\1\0"))).isEqualTo("image/tiff");
  }

  /** Where the brands continue beyond what came so far, the rest is waited for. */
  @Test
  void doesNotTellAContainerByHalfOfItsBrands() {
    byte[] head = ftyp("mif1");
    head[2] = 16;
    assertThat(MediaType.ofFirstBytes(Arrays.copyOf(head, 512))).isEmpty();
  }

  @Test
  void tellsNothingOfTooFewBytes() {
    assertThat(MediaType.detect(new byte[] {(byte) 0xFF, (byte) 0xD8}))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void tellsARealMp4() throws IOException {
    assertThat(MediaType.detect(Files.readAllBytes(SampleMedia.mp4()))).isEqualTo("video/mp4");
  }

  @ParameterizedTest
  @CsvSource({
    "isom, video/mp4",
    "iso6, video/mp4",
    "mp42, video/mp4",
    "M4V , video/x-m4v",
    "3gp4, video/3gpp",
    "3g2a, video/3gpp2",
    "qt  , video/quicktime",
    "'qt  ', video/quicktime",
  })
  void tellsMp4FromQuickTimeByTheBrand(String brand, String type) {
    String padded = (brand + "    ").substring(0, 4);
    byte[] head = ("\0\0\0\24ftyp" + padded + "\0\0\0\0" + padded).getBytes(ISO_8859_1);
    assertThat(MediaType.detect(head)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "avif, mif1, image/avif",
    "mif1, avif, image/avif",
    "avis, msf1, image/avif",
    "heic, mif1, image/heic",
    "heix, mif1, image/heic",
    "mif1, heic, image/heic",
    "mif1, heix, image/heic",
    "msf1, heic, image/heic",
    "hevc, msf1, image/heic-sequence",
    "msf1, hevc, image/heic-sequence",
    "mif1, jpeg, image/heif",
    "isom, heic, video/mp4",
  })
  void tellsThePicturesOfOneContainerByTheirCodecs(String major, String other, String type) {
    byte[] head = ("\0\0\0\30ftyp" + major + "\0\0\0\0" + major + other).getBytes(ISO_8859_1);
    assertThat(MediaType.detect(head)).isEqualTo(type);
  }

  @Test
  void takesEveryHeicForHeif() {
    assertThat(MediaType.isAccepted("image/heic", List.of("image/heif"))).isTrue();
    assertThat(MediaType.isAccepted("image/avif", List.of("image/heif"))).isFalse();
    assertThat(MediaType.isAccepted("image/heif", List.of("image/heic"))).isFalse();
  }

  /** 188 bytes a packet, 192 with a time before it, as cameras write it, and 204 as broadcast. */
  @ParameterizedTest
  @CsvSource({"0, 188, video/mp2t", "4, 192, video/mp2t", "0, 204, video/mp2t", "0, 187, no"})
  void tellsATransportStreamByItsPackets(int first, int packet, String type) {
    byte[] head = new byte[2000];
    Arrays.fill(head, (byte) 0x80);
    for (int at = first; at < head.length; at += packet) {
      head[at] = 'G';
    }
    assertThat(MediaType.detect(head))
        .isEqualTo(type.equals("no") ? "application/octet-stream" : type);
  }

  @ParameterizedTest
  @CsvSource({
    "<html><script>alert(1)</script></html>, text/html",
    "hello, text/plain",
    "%PDF-1.7, application/pdf",
  })
  void isNotFooledByWhatIsNoMedia(String content, String type) {
    String detected = MediaType.detect(content.getBytes(ISO_8859_1));
    assertThat(detected).isEqualTo(type);
    assertThat(MediaType.isAccepted(detected, DEFAULT)).isFalse();
  }

  /** Tika says of a drawing in which form it is, {@code image/vnd.dxf;format=ascii}. */
  @Test
  void tellsTheTypeWithoutItsParameters() {
    byte[] dxf = "  0\r\nSECTION\r\n  2\r\nHEADER\r\n  9\r\n$ACADVER\r\n".getBytes(ISO_8859_1);
    assertThat(MediaType.detect(dxf)).isEqualTo("image/vnd.dxf");
    assertThat(MediaType.isAccepted("image/vnd.dxf", List.of("image/vnd.dxf"))).isTrue();
  }

  @Test
  void takesFilesOfPhonesForMp4() {
    for (String type : List.of("video/x-m4v", "video/3gpp", "video/3gpp2", "video/mp4")) {
      assertThat(MediaType.isAccepted(type, List.of("video/mp4"))).as(type).isTrue();
      assertThat(MediaType.common(List.of(type), List.of("video/mp4"))).contains(type);
    }
    assertThat(MediaType.isAccepted("video/quicktime", List.of("video/mp4"))).isFalse();
    assertThat(MediaType.isAccepted("video/mp4", List.of("video/x-m4v"))).isFalse();
    assertThat(MediaType.withLike(List.of("image/png", "video/mp4")))
        .contains("image/png", "video/mp4", "video/x-m4v", "video/3gpp");
  }

  @Test
  void takesSvgByItsFullNameOnly() {
    String type =
        MediaType.detect(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".getBytes(ISO_8859_1));
    assertThat(type).isEqualTo("image/svg+xml");
    assertThat(MediaType.isAccepted(type, DEFAULT)).isFalse();
    assertThat(MediaType.isAccepted(type, List.of("image/svg+xml"))).isTrue();
  }
}
