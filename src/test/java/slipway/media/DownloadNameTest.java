package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadNameTest {
  @ParameterizedTest
  @CsvSource({
    "cat.jpg, image/jpeg, cat.jpg",
    "CAT.JPEG, image/jpeg, CAT.JPEG",
    "cat.png, image/jpeg, cat.png",
    "clip.m4v, video/mp4, clip.m4v",
    "Blå nat.heic, image/heic, Blå nat.heic",
    "drawing.svg, image/svg+xml, drawing.svg",
    "letter.pdf, application/pdf, letter.pdf",
  })
  void keepsAnEndingThatGoesWithTheFile(String sent, String type, String name) {
    assertThat(DownloadName.of(sent, type)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "page.html, image/jpeg, page.html.jpg",
    "drawing.svg, image/jpeg, drawing.svg.jpg",
    "setup.exe, application/pdf, setup.exe.pdf",
    "setup.exe, video/mp4, setup.exe.mp4",
    "clip.mp4, image/png, clip.mp4.png",
    "cat, image/jpeg, cat.jpg",
    "'', image/png, original.png",
  })
  void addsOneWhereItDoesNot(String sent, String type, String name) {
    assertThat(DownloadName.of(sent, type)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "n.html, image/vnd.dxf; format=ascii, n.html.dxf",
    "n.dxf, image/vnd.dxf; format=ascii, n.dxf",
    "n.html, image/x-jp2-container, n.html.jp2",
    "n.html, image/x-jp2-codestream, n.html.j2k",
    "n.html, image/of-no-ending; a=b, n.html.bin",
    "n.html, application/octet-stream, n.html.bin",
    "n.html, no/such, n.html.bin",
  })
  void letsNoPageKeepItsEndingWhateverTheFileIs(String sent, String type, String name) {
    assertThat(DownloadName.of(sent, type)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "cat.png#.html | cat.png#.html.png",
        "c.gif?.html | c.gif?.html.png",
        "cat.png?.exe | cat.png?.exe.png",
        "a.png#.svg | a.png#.svg.png",
        "a.mp4#.bat | a.mp4#.bat.png",
        "a.html#.png | a.html#.png",
        "a.html?b.png | a.html?b.png",
        "a.png#b | a.png#b.png",
        "a.html?. | a.html?.png",
        "http://a.test/cat.png#.html | cat.png#.html.png",
        "cat%2Ehtml | cat%2Ehtml.png",
      },
      delimiter = '|')
  void goesByTheLastEndingWhateverStandsBeforeIt(String sent, String name) {
    assertThat(DownloadName.of(sent, "image/png")).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "page.html. | page.html.png",
        "page.html . . | page.html.png",
        "cat.png. | cat.png",
        "page.html\u00a0\u3000 | page.html.png",
        "page.html\u0000.\u0001 | page.html.png",
        "page.\u200bhtml | page.html.png",
        "page.html\u202egnp. | page.htmlgnp.png",
        "\u202egnp.html | gnp.html.png",
        "page.html\u200d | page.html.png",
        "page\u2028.html | page.html.png",
        "page\uff0ehtml | page\uff0ehtml.png",
        "cat.\u0440ng | cat.\u0440ng.png",
        "\ud83d\udc69\u200d\ud83d\udcbb.png | \ud83d\udc69\u200d\ud83d\udcbb.png",
        ". . | original.png",
      },
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true)
  void isWhatIsLeftWithoutWhatNobodySees(String sent, String name) {
    assertThat(DownloadName.of(sent, "image/png")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ø", "写", "🐈", "%"})
  void isShortEnoughForAHeader(String character) {
    String encoded = DownloadName.encoded(character.repeat(255) + ".jpg", "image/jpeg");
    assertThat(encoded).hasSizeLessThanOrEqualTo(1000).endsWith(".jpg");
    String page = DownloadName.encoded(character.repeat(4000) + ".html", "image/jpeg");
    assertThat(page).hasSizeLessThanOrEqualTo(1000).endsWith(".jpg");
    String noEnding = DownloadName.encoded("a." + character.repeat(255), "image/jpeg");
    assertThat(noEnding).hasSizeLessThanOrEqualTo(1000).endsWith(".jpg");
    assertThat(DownloadName.of(character.repeat(80) + ".jpg", "image/jpeg"))
        .isEqualTo(character.repeat(80) + ".jpg");
  }

  @ParameterizedTest
  @CsvSource({"../../cat.jpg", "C:\\photos\\cat.jpg", "/cat.jpg"})
  void leavesFoldersOut(String sent) {
    assertThat(DownloadName.of(sent, "image/jpeg")).isEqualTo("cat.jpg");
  }
}
