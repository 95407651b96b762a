package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");

  /** It takes any text; {@link Unescaped} takes clean HTML only. */
  @Test
  void printNoTextUnescaped() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      List<Path> templates = files.filter(file -> file.toString().endsWith(".jte")).toList();
      assertThat(templates).isNotEmpty();
      assertThat(templates)
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("$unsafe"));
    }
  }
}
