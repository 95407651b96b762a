package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import slipway.upload.BucketsTest;

/** Suites, and the files by which pom.xml leaves out them or their classes. */
class SuitesTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path LEFT_OUT = Path.of("src/test/suites");
  private static final Pattern NAME = Pattern.compile("(?m)^\\*\\*/(\\w+\\.java)$");

  private static final Pattern TOP_CLASS = Pattern.compile("(?m)^(public |final )*class ");

  private static final Pattern SEVERAL =
      Pattern.compile("@EnumSource\\(Container\\.class\\)|@AnyContainer\\(\\{");

  private static final List<Class<?>> SUITES =
      List.of(
          BucketServersIT.class,
          BucketsTest.class,
          ChromiumIT.class,
          EveryContainerIT.class,
          FaultyServerIT.class,
          FuzzedInputsTest.class,
          ManagedServerIT.class,
          NarrowServerIT.class,
          SharedServersIT.class);

  private static Stream<Path> members(Class<?> suite) {
    return Stream.of(suite.getAnnotation(SelectClasses.class).names())
        .map(name -> TESTS.resolve(name.replace('.', '/') + ".java"));
  }

  private static List<String> leftOut(String file) {
    return NAME.matcher(contentOf(LEFT_OUT.resolve(file).toFile()))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static boolean isTest(Path file) {
    return file.toString().matches(".*(IT|Test)\\.java");
  }

  private static List<Path> tests(String content) throws IOException {
    return sources(content).stream().filter(SuitesTest::isTest).toList();
  }

  private static List<Path> sources(String content) throws IOException {
    Pattern pattern = Pattern.compile(content);
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> pattern.matcher(contentOf(file.toFile())).find())
          .toList();
    }
  }

  /** One that is left out of all others, and not selected, would never run. */
  @Test
  void haveJustTheClassesThatAreLeftOutElsewhere() {
    assertThat(SUITES.stream().flatMap(SuitesTest::members).map(SuitesTest::file))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(leftOut("members.txt"));
  }

  @Test
  void areLeftOutWhereTheirClassesRunByThemselves() {
    assertThat(SUITES.stream().map(suite -> suite.getSimpleName() + ".java"))
        .containsExactlyInAnyOrderElementsOf(leftOut("suites.txt"));
  }

  @Test
  void leaveOutWhatRunsWithAllTestsOnly() throws IOException {
    assertThat(tests("(?m)^@Suite\\b")).hasSameSizeAs(SUITES);
    for (Class<?> suite : SUITES) {
      assertThat(suite.isAnnotationPresent(Suite.class)).isTrue();
      assertThat(suite.getAnnotation(ExcludeTags.class).value())
          .containsExactlyInAnyOrder("faults", "alone");
    }
  }

  @Test
  void haveAllThatNeedAServerOfTheirs() throws IOException {
    assertHasAllWith("\\bServer\\.narrow\\(", NarrowServerIT.class);
    assertHasAllWith("\\bSlowClients\\.\\w+\\(", NarrowServerIT.class);
    assertHasAllWith("\\bSmallServer\\.\\w+\\(", EveryContainerIT.class);
    assertHasAllWith("\\bSharedServers\\.\\w+\\(", SharedServersIT.class);
    assertHasAllWith("(?<!\\.)\\bFaultyServer\\b", FaultyServerIT.class);
    assertHasAllWith("(?m)^  @FuzzTest\\b", FuzzedInputsTest.class);
    assertHasAllWith("\\bManagedServer\\.\\w+\\(", ManagedServerIT.class);
  }

  /** In a JVM of its own, one would start them once more. */
  @Test
  void haveAllThatShareTheServersOfSeveralContainers() throws IOException {
    assertThat(tests("\\bServer\\.shared\\("))
        .filteredOn(test -> SEVERAL.matcher(contentOf(test.toFile())).find())
        .filteredOn(test -> !contentOf(test.toFile()).contains("\n@Tag("))
        .isNotEmpty()
        .isSubsetOf(SUITES.stream().flatMap(SuitesTest::members).toList());
  }

  /** Neither surefire nor failsafe would run it. */
  @Test
  void orTestsAreInClassesThatMavenKnowsByName() throws IOException {
    assertThat(sources("(?m)^  @(Test|ParameterizedTest|FuzzTest)\\b"))
        .filteredOn(file -> TOP_CLASS.matcher(contentOf(file.toFile())).find())
        .allMatch(SuitesTest::isTest);
  }

  /** It would run in mvn verify, beside others. */
  @Test
  void orTestsThatRunAloneRunWithAllTestsOnly() throws IOException {
    assertThat(sources("@Tag\\(\"alone\"\\)"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).content().contains("@Tag(\"faults\")"));
  }

  private static void assertHasAllWith(String words, Class<?> suite) throws IOException {
    assertThat(tests(words))
        .filteredOn(test -> !contentOf(test.toFile()).contains("\n@Tag("))
        .isNotEmpty()
        .isSubsetOf(members(suite).toList());
  }

  private static String file(Path test) {
    return test.getFileName().toString();
  }
}
