package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextsTest {
  private final Texts english = Texts.in(Locale.ENGLISH);
  private final Texts danish = Texts.in(Locale.forLanguageTag("da-DK"));

  @Test
  void namesTypes() {
    assertThat(english.types(List.of("image/*", "video/*"))).isEqualTo("Photos and videos");
    assertThat(english.types(List.of("image/jpeg", "image/png", "video/*")))
        .isEqualTo("JPEG, PNG and videos");
    assertThat(danish.types(List.of("video/*", "image/*"))).isEqualTo("Videoer og billeder");
  }

  @Test
  void namesSizes() {
    assertThat(english.size(999)).isEqualTo("999 bytes");
    assertThat(english.size(64_000)).isEqualTo("64 kB");
    assertThat(english.size(999_499)).isEqualTo("999 kB");
    assertThat(english.size(999_500)).isEqualTo("1 MB");
    assertThat(english.size(5_000_000)).isEqualTo("5 MB");
    assertThat(english.size(10L << 30)).isEqualTo("10.7 GB");
    assertThat(danish.size(10L << 30)).isEqualTo("10,7 GB");
  }

  @Test
  void namesTimes() {
    assertThat(english.left(Duration.ofSeconds(20))).isEqualTo("1 minute");
    assertThat(english.left(Duration.ofMinutes(60))).isEqualTo("1 hour");
    assertThat(english.left(Duration.ofMinutes(179))).isEqualTo("2 hours 59 minutes");
    assertThat(danish.left(Duration.ofMinutes(61))).isEqualTo("1 time 1 minut");
    assertThat(danish.day(Instant.parse("2026-11-25T23:00:00Z"))).isEqualTo("25. nov. 2026");
  }

  /** The Arabic "and" is written together with what follows it. */
  @Test
  void joinsWhatArabicJoins() {
    Texts arabic = Texts.in(Locale.forLanguageTag("ar"));
    assertThat(arabic.left(Duration.ofMinutes(125))).isEqualTo("ساعتان و5 دقائق");
    assertThat(arabic.types(List.of("image/*", "video/*", "application/pdf")))
        .isEqualTo("صور، فيديوهات وPDF");
    assertThat(arabic.leftPattern()).isEqualTo("{0} و{1}");
  }

  @Test
  void hasAWordForEveryErrorBeItOfItsKind() {
    assertThat(english.error(404)).isEqualTo("There is nothing at this address.");
    assertThat(english.error(418)).isEqualTo("The request cannot be answered.");
    assertThat(danish.error(502)).isEqualTo("Noget gik galt her.");
  }

  @Test
  void standsAroundWhatThePageSays() {
    assertThat(english.around("upload.open")).isEqualTo(new Texts.Around("Closes in ", ""));
    assertThat(english.around("upload.afterwards").after()).isEqualTo(".");
  }

  @Test
  void readsFromTheRightWhereTheLanguageDoes() {
    assertThat(english.dir()).isEqualTo("ltr");
    assertThat(Texts.in(Locale.forLanguageTag("ar-EG")).dir()).isEqualTo("rtl");
    assertThat(Texts.in(Locale.forLanguageTag("ar-EG")).lang()).isEqualTo("ar-EG");
  }

  @Test
  void saysWhatPagesPutTogetherInEveryLanguage() {
    for (String language : Texts.languages()) {
      Texts texts = Texts.in(Locale.forLanguageTag(language));
      assertThat(texts.error(418)).isNotEmpty();
      assertThat(texts.around("upload.open").before() + texts.around("upload.open").after())
          .isNotBlank();
      assertThat(texts.types(List.of("image/*", "video/*"))).isNotBlank();
    }
  }
}
