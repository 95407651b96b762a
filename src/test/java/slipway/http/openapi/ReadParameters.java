package slipway.http.openapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import slipway.http.Parameters;

/**
 * Which parameters the servlet of an API method reads: the names in the calls to {@link
 * Parameters}, and in those that hand it on together with a name, in all code that the servlet can
 * reach.
 */
final class ReadParameters {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String ROOM = "slipway.http";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\.(?:text|find|given|flag|integer|id|ids|number)\\(|[Pp]arameters(?:\\(\\))?,)"
              + "\\s*\"([A-Za-z_]+)\"");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOM);

  /** The names that the servlet of that class reads. */
  Set<String> of(String servlet) {
    Set<String> names = new TreeSet<>();
    reachedFrom(servlet)
        .forEach(
            unit ->
                unit.getMethodCallsFromSelf().stream()
                    .filter(ReadParameters::isAboutParameters)
                    .forEach(call -> names.addAll(namesIn(call))));
    return names;
  }

  private Set<JavaCodeUnit> reachedFrom(String servlet) {
    Set<JavaCodeUnit> reached = new HashSet<>();
    Deque<JavaCodeUnit> next = new ArrayDeque<>();
    for (JavaClass each = classes.get(servlet);
        each.getPackageName().startsWith(ROOM);
        each = each.getRawSuperclass().orElseThrow()) {
      next.addAll(each.getMethods());
    }
    while (!next.isEmpty()) {
      JavaCodeUnit unit = next.pop();
      if (reached.add(unit)) {
        unit.getCallsFromSelf().stream()
            .filter(call -> call.getTargetOwner().getPackageName().startsWith(ROOM))
            .forEach(call -> call.getTarget().resolveMember().ifPresent(next::add));
      }
    }
    return reached;
  }

  private static boolean isAboutParameters(JavaMethodCall call) {
    return call.getTargetOwner().isEquivalentTo(Parameters.class)
        || call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Parameters.class));
  }

  /** The names in the statement of a call. */
  private static List<String> namesIn(JavaMethodCall call) {
    StringBuilder statement = new StringBuilder();
    for (String line :
        lines(call.getOriginOwner()).stream().skip(call.getLineNumber() - 1L).toList()) {
      statement.append(line);
      if (line.endsWith(";") || line.endsWith("{")) {
        break;
      }
    }
    return NAME.matcher(statement).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static List<String> lines(JavaClass owner) {
    String top = owner.getName().replaceFirst("\\$.*", "").replace('.', '/');
    try {
      return Files.readAllLines(SOURCES.resolve(top + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
