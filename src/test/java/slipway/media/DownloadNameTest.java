package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource({"../../cat.jpg", "C:\\photos\\cat.jpg", "/cat.jpg"})
  void leavesFoldersOut(String sent) {
    assertThat(DownloadName.of(sent, "image/jpeg")).isEqualTo("cat.jpg");
  }
}
