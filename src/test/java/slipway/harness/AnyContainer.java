package slipway.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * For tests that do not depend on the container: they run on one, and in {@code mvn -Pfaults
 * verify} on each. Tests that depend on how a container reads, limits, answers or stops name all of
 * them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(AnyContainer.Chosen.class)
public @interface AnyContainer {
  /** Whether all are to be tested. */
  boolean ALL = Boolean.getBoolean("harness.all-containers");

  /** The one, for a test whose equals run on another; or one of each kind. */
  Container[] value() default Container.JETTY_12;

  /** Gives the containers. */
  final class Chosen implements ArgumentsProvider, AnnotationConsumer<AnyContainer> {
    private Container[] some;

    @Override
    public void accept(AnyContainer chosen) {
      some = chosen.value();
    }

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Stream.of(ALL ? Container.values() : some).map(Arguments::of);
    }
  }
}
