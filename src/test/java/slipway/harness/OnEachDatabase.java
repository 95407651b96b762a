package slipway.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A class of tests that runs on each {@link TestedDatabase}, which is its one parameter. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnEachDatabase.Chosen.class)
public @interface OnEachDatabase {
  /**
   * Whether one is enough except for {@code mvn -Pfaults verify}: the time goes to other things.
   */
  boolean isLong() default false;

  /** Gives the databases. */
  final class Chosen implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      boolean isLong = context.getRequiredTestClass().getAnnotation(OnEachDatabase.class).isLong();
      return Stream.of(TestedDatabase.values())
          .filter(
              database ->
                  database == TestedDatabase.SQLITE
                      || (!isLong || AnyContainer.ALL) && NeedsPostgres.Condition.isMet())
          .map(Arguments::of);
    }
  }
}
