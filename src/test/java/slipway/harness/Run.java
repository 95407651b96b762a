package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The result of a program.
 *
 * @param status its exit status
 * @param output what it wrote, errors included
 */
public record Run(int status, String output) {
  private static final long LIMIT_SECONDS = 60;

  /** Runs a program to its end: it writes what it reads and says into files of the folder. */
  public static Run of(Path folder, List<String> command, String input) throws IOException {
    return of(folder, command, input, Map.of());
  }

  /** The same with more in its environment. */
  public static Run of(
      Path folder, List<String> command, String input, Map<String, String> environment)
      throws IOException {
    Path in = Files.writeString(folder.resolve("input"), input, StandardCharsets.UTF_8);
    Path out = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Still runs after " + LIMIT_SECONDS + " seconds: " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out));
  }

  /** Checks that it ended with 0. */
  public Run assertWell() {
    assertThat(status).as(output).isZero();
    return this;
  }
}
