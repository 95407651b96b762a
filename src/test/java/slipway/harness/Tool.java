package slipway.harness;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs beside Java that some tests need. */
public final class Tool {
  private Tool() {}

  /**
   * The path of a program on the {@code PATH}. Where it is not installed, the test is skipped with
   * a line on stderr, and fails under {@code CI=true}, so that no test is lost unseen.
   */
  public static Path require(String program) {
    Optional<Path> path = find(program);
    if (path.isPresent()) {
      return path.get();
    }
    throw missing(program + " is not installed: tests that need it cannot run.");
  }

  /**
   * Skips the test with a line on stderr, or fails it under {@code CI=true}.
   *
   * @param message what is missing
   * @return never; to be thrown, so that the compiler knows
   */
  static RuntimeException missing(String message) {
    if ("true".equals(System.getenv("CI"))) {
      fail(message);
    }
    throw skip(message);
  }

  /**
   * Skips the test with a line on stderr, wherever it runs: for languages that no build needs.
   *
   * @return never; to be thrown, so that the compiler knows
   */
  public static RuntimeException skip(String message) {
    System.err.println("SKIPPED: " + message);
    Assumptions.abort(message);
    return new IllegalStateException(message);
  }

  /** The path of a program on the {@code PATH}; empty where it is not installed. */
  public static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
