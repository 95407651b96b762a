package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void hasAWordForEveryErrorBeItOfItsKind() {
    assertThat(english.error(404)).isEqualTo("There is nothing at this address.");
    assertThat(english.error(418)).isEqualTo("The request cannot be answered.");
    assertThat(danish.error(502)).isEqualTo("Noget gik galt her.");
  }

  @Test
  void speaksEveryLanguageThatHasTexts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/slipway/web"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Texts.languages().stream().map(TextsTest::fileOf).toList());
    }
  }

  private static String fileOf(String language) {
    return language.equals("en") ? "texts.properties" : "texts_" + language + ".properties";
  }

  /** A text that a language lacks would be English in the midst of it. */
  @ParameterizedTest
  @ValueSource(strings = "da")
  void hasEveryTextInEveryLanguage(String language) throws IOException {
    Properties texts = new Properties();
    try (InputStream file = Texts.class.getResourceAsStream("texts_" + language + ".properties")) {
      texts.load(file);
    }
    assertThat(texts.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.language().bundle().keySet());
    assertThat(Texts.in(new Locale(language)).say("photo.original")).isNotEmpty();
  }
}
