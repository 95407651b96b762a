package slipway.harness;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolTest {
  private static final Pattern NAMED = Pattern.compile("Tool\\.(?:require|find)\\(\"([^\"]+)\"\\)");

  /** Of packages that Debian calls essential, or that come with another program of the list. */
  private static final Set<String> THERE = Set.of("bash", "ffprobe", "mount", "prlimit", "setsid");

  @Test
  void eachProgramThatATestAsksForIsInstalledByCi() throws IOException {
    String ci = Files.readString(Path.of(".ci/run"));
    Set<String> asked = asked();

    assertThat(asked).contains("chromium", "ffmpeg");
    assertThat(asked)
        .allSatisfy(
            program ->
                assertThat(THERE.contains(program) || ci.contains(" " + program + ":"))
                    .as(program)
                    .isTrue());
  }

  private static Set<String> asked() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> NAMED.matcher(read(file)).results())
          .map(found -> found.group(1))
          .collect(toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
