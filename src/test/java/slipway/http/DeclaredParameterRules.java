package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Set;

/**
 * What is read but not declared fails at once. Here is the other side: what is declared, and so
 * described, is read somewhere.
 */
public final class DeclaredParameterRules {
  /** Where declarations are made and listed, and not read. */
  private static final Set<String> LISTS = Set.of("<clinit>", "<init>", "parameters", "all");

  private DeclaredParameterRules() {}

  @ArchTest
  static void declaredParametersAreRead(JavaClasses all) {
    List<JavaField> fields =
        all.stream()
            .filter(type -> type.getPackageName().startsWith("slipway.http"))
            .map(JavaClass::getFields)
            .flatMap(Set::stream)
            .filter(field -> field.getRawType().isEquivalentTo(Parameter.class))
            .toList();
    assertThat(fields).hasSizeGreaterThan(50);
    assertThat(fields).filteredOn(field -> !isRead(field)).isEmpty();
  }

  private static boolean isRead(JavaField field) {
    return field.getAccessesToSelf().stream()
        .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET)
        .anyMatch(access -> !LISTS.contains(access.getOrigin().getName()));
  }
}
