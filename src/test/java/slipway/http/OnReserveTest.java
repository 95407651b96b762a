package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What deletes or revokes is there for an operator whose disk is full. */
class OnReserveTest {
  private static final Pattern NAMES = Pattern.compile("(Delete|Remove|Revoke).*|.*Revoke|SignOut");

  @Test
  void everyMethodThatDeletesOrRevokesWorksOnAFullDisk() {
    Set<String> those = new TreeSet<>();
    Set<String> onReserve = new TreeSet<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("slipway.http")) {
      if (!one.isAssignableTo(ApiServlet.class) || one.isEquivalentTo(ApiServlet.class)) {
        continue;
      }
      if (NAMES.matcher(one.getSimpleName()).matches()) {
        those.add(one.getSimpleName());
      }
      if (one.tryGetMethod("isOnReserve").isPresent()) {
        onReserve.add(one.getSimpleName());
      }
    }
    assertThat(onReserve).contains("DeletePhoto", "RevokeCredential").isEqualTo(those);
  }
}
