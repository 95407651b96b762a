package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import slipway.upload.BucketsTest;

/** Classes that run in a suite are left out elsewhere by pom.xml, which names both. */
class SuitesTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern LEFT_OUT =
      Pattern.compile("<exclude>\\*\\*/(\\w+)\\.java</exclude>");
  private static final String PROFILES = "<profiles>";

  private static final List<Class<?>> SUITES =
      List.of(BucketsTest.class, ChromiumIT.class, EveryContainerIT.class, NarrowServerIT.class);

  private static Stream<Path> members(Class<?> suite) {
    return Stream.of(suite.getAnnotation(SelectClasses.class).names())
        .map(name -> TESTS.resolve(name.replace('.', '/') + ".java"));
  }

  private static String pom() {
    return contentOf(Path.of("pom.xml").toFile());
  }

  private static List<String> leftOut(String text) {
    return LEFT_OUT.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static List<Path> tests(Pattern content) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().matches(".*(IT|Test)\\.java"))
          .filter(file -> content.matcher(contentOf(file.toFile())).find())
          .toList();
    }
  }

  /** One that is left out of all others, and not selected, would never run. */
  @Test
  void haveJustTheClassesThatAreLeftOutElsewhere() {
    List<String> names = leftOut(pom().substring(0, pom().indexOf(PROFILES)));
    assertThat(names).doesNotHaveDuplicates();
    assertThat(SUITES.stream().flatMap(SuitesTest::members).map(SuitesTest::simpleName))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(names);
  }

  /** With {@code -Pfaults}, where each runs by itself. */
  @Test
  void areLeftOutWhereTheirClassesAreNot() {
    List<String> names = leftOut(pom().substring(pom().indexOf(PROFILES)));
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(SUITES.stream().map(Class::getSimpleName).toList());
  }

  @Test
  void leaveOutWhatRunsWithAllTestsOnly() throws IOException {
    assertThat(tests(Pattern.compile("(?m)^@Suite\\b"))).hasSameSizeAs(SUITES);
    for (Class<?> suite : SUITES) {
      assertThat(suite.isAnnotationPresent(Suite.class)).isTrue();
      assertThat(suite.getAnnotation(ExcludeTags.class).value())
          .containsExactlyInAnyOrder("faults", "alone");
    }
  }

  @Test
  void haveAllThatNeedAServerWithNarrowLimits() throws IOException {
    assertThat(tests(Pattern.compile("Server\\.narrow\\(")))
        .isNotEmpty()
        .isSubsetOf(members(NarrowServerIT.class).toList());
  }

  private static String simpleName(Path test) {
    MatchResult name =
        Pattern.compile("(\\w+)\\.java$")
            .matcher(test.toString())
            .results()
            .findFirst()
            .orElseThrow();
    return name.group(1);
  }
}
