package slipway.harness;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages of npm that some tests need, under {@code target/npm}: those that each build needs in
 * one folder, each other one in a folder of its own.
 */
public final class Npm {
  /** What npm says when it does not get to the registry, rather than that something is wrong. */
  private static final Pattern NO_NETWORK =
      Pattern.compile(
          "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH");

  /** What each build needs: one npm gets them all with half the work of one for each. */
  private static final List<String> TOGETHER =
      List.of(
          "@flowjs/flow.js@2.14.1",
          "axe-core@4.14.1",
          "oauth-1.0a@2.2.6",
          "resumablejs@1.1.0",
          "tus-js-client@4.3.1");

  private Npm() {}

  /**
   * The folder of a package, installed at first use. Where there is no npm, or no registry that it
   * reaches, the test is skipped with a line on stderr, and fails under {@code CI=true}.
   *
   * @param name such as {@code axe-core}
   * @param version exactly
   * @param beside packages with their versions, such as {@code axe-core@4.10.3}, in one folder with
   *     it
   */
  public static synchronized Path install(String name, String version, String... beside) {
    Path npm = Tool.require("npm");
    String one = name + "@" + version;
    boolean isTogether = beside.length == 0 && TOGETHER.contains(one);
    Path home =
        Build.directory().resolve("npm").resolve(isTogether ? "together" : name + "-" + version);
    Path folder = home.resolve("node_modules").resolve(name);
    try {
      Files.createDirectories(home);
      // Another JVM of the same build may be at it.
      Path lock = home.resolveSibling(home.getFileName() + ".lock");
      try (FileChannel file = FileChannel.open(lock, CREATE, WRITE)) {
        file.lock();
        if (!Files.exists(folder.resolve("package.json"))) {
          run(npm, home, isTogether ? TOGETHER : listed(one, beside));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static List<String> listed(String one, String... beside) {
    return Stream.concat(Stream.of(one), Stream.of(beside)).toList();
  }

  private static void run(Path npm, Path home, List<String> packages) {
    List<String> command =
        new ArrayList<>(
            List.of(npm.toString(), "install", "--no-audit", "--no-fund", "--prefix", "."));
    command.addAll(packages);
    try {
      Process process =
          new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        failed(String.join(" ", packages), output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void failed(String what, String output) {
    String message = "npm could not install " + what + ":\n" + output;
    if (NO_NETWORK.matcher(output).find()) {
      Tool.missing(message);
    }
    throw new IllegalStateException(message);
  }
}
