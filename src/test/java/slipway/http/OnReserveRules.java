package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What deletes or revokes is there for an operator whose disk is full. */
public final class OnReserveRules {
  private static final Pattern NAMES = Pattern.compile("(Delete|Remove|Revoke).*|.*Revoke|SignOut");

  private OnReserveRules() {}

  @ArchTest
  static void everyMethodThatDeletesOrRevokesWorksOnAFullDisk(JavaClasses all) {
    Set<String> those = new TreeSet<>();
    Set<String> onReserve = new TreeSet<>();
    for (JavaClass one : all) {
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
