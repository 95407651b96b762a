package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The libraries in C that are preloaded into a server, built with gcc; where that is missing, or
 * the system is not Linux, the test is skipped with a line on stderr, and fails under {@code
 * CI=true}.
 */
final class CLibrary {
  private static final Path SOURCES = Path.of("src/test/c");
  private static final Map<String, Path> BUILT = new ConcurrentHashMap<>();

  private CLibrary() {}

  /** The library of the source of that name. */
  static Path of(String name) {
    return BUILT.computeIfAbsent(name, CLibrary::build);
  }

  private static Path build(String name) {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw Tool.missing(name + ".c is for Linux only.");
    }
    Tool.require("gcc");
    Path target = Build.newFolder("faults", "library").resolve(name + ".so");
    List<String> command =
        List.of(
            "gcc",
            "-O1",
            "-shared",
            "-fPIC",
            "-pthread",
            "-o",
            target.toString(),
            SOURCES.resolve(name + ".c").toString(),
            "-ldl");
    try {
      Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(gcc.getInputStream().readAllBytes(), UTF_8);
      if (gcc.waitFor() != 0) {
        throw new IllegalStateException("gcc could not build " + name + ".c: " + output);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
