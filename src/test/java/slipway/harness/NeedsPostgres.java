package slipway.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A class of tests on {@link TestPostgres}. Where that has no program for this machine, they are
 * skipped as {@link Tool} does.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPostgres.Condition.class)
public @interface NeedsPostgres {
  /** Whether there is one. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return isMet()
          ? ConditionEvaluationResult.enabled("There is a PostgreSQL")
          : ConditionEvaluationResult.disabled("There is no PostgreSQL");
    }

    static boolean isMet() {
      if (TestPostgres.isThere()) {
        return true;
      }
      try {
        throw Tool.missing(
            "The tests have a PostgreSQL for Linux on amd64 only: those that need one cannot run.");
      } catch (TestAbortedException e) {
        return false;
      }
    }
  }
}
