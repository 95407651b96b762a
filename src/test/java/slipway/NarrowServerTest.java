package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.platform.suite.api.SelectClasses;
import slipway.upload.BucketsTest;

/** The classes that run in a suite, as {@link NarrowServerIT}, are named in pom.xml, too. */
class NarrowServerTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern LEFT_OUT =
      Pattern.compile("<exclude>\\*\\*/(\\w+)\\.java</exclude>");

  private static List<Path> selected() {
    return selected(NarrowServerIT.class).toList();
  }

  private static Stream<Path> selected(Class<?> suite) {
    return Stream.of(suite.getAnnotation(SelectClasses.class).names())
        .map(name -> TESTS.resolve(name.replace('.', '/') + ".java"));
  }

  /** One that is left out of all others, and not selected, would never run. */
  @Test
  void haveJustTheClassesThatAreLeftOutElsewhere() throws IOException {
    List<String> names =
        LEFT_OUT
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(match -> match.group(1) + ".java")
            .toList();
    List<Path> leftOut;
    try (Stream<Path> files = Files.walk(TESTS)) {
      leftOut = files.filter(file -> names.contains(file.getFileName().toString())).toList();
    }
    assertThat(names).doesNotHaveDuplicates();
    assertThat(leftOut)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(NarrowServerIT.class, BucketsTest.class)
                .flatMap(NarrowServerTest::selected)
                .toList());
  }

  @Test
  void hasAllThatNeedSuchAServer() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      assertThat(files.filter(file -> file.toString().endsWith("IT.java")))
          .filteredOn(NarrowServerTest::needsOne)
          .isNotEmpty()
          .isSubsetOf(selected());
    }
  }

  private static boolean needsOne(Path test) {
    return contentOf(test.toFile()).contains("Server.narrow(");
  }

  /** Within a suite JUnit leaves nothing out of a class with parameters, whatever is asked for. */
  @Test
  void haveNoTagThatWouldNotBeHeard() throws ClassNotFoundException {
    for (Class<?> suite : List.of(NarrowServerIT.class, BucketsTest.class)) {
      for (String name : suite.getAnnotation(SelectClasses.class).names()) {
        Class<?> member = Class.forName(name);
        Stream<Method> methods =
            Stream.concat(Stream.of(member), Stream.of(member.getDeclaredClasses()))
                .filter(each -> each.isAnnotationPresent(ParameterizedClass.class))
                .flatMap(each -> Stream.of(each.getDeclaredMethods()));
        assertThat(methods).noneMatch(method -> method.isAnnotationPresent(Tag.class));
      }
    }
  }
}
