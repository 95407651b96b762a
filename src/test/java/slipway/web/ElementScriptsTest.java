package slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.AnyContainer;
import slipway.harness.Tool;

/** The parts of the element and the console that need no browser, under node's own test runner. */
class ElementScriptsTest {
  private static final List<Path> SCRIPTS =
      Stream.concat(
              Stream.of("slipway-upload", "slipway-upload/texts", "console", "console/texts")
                  .map(Path.of("webapp/assets")::resolve),
              Stream.of(Path.of("clients/npm")))
          .toList();
  private static final Path TESTS = Path.of("src/test/js");

  /**
   * In a copy that says these are modules, which node up to 22 does not see by itself; each in a
   * process of its own, or all in one, which takes a seventh of the time.
   */
  @Test
  void pass(@TempDir Path folder) throws Exception {
    Path node = Tool.require("node");
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    Files.copy(Path.of("LICENSE"), folder.resolve("LICENSE"));
    for (Path scripts : SCRIPTS) {
      copy(scripts, folder);
    }
    List<Path> tests =
        copy(TESTS, folder).stream().filter(test -> test.toString().endsWith(".test.js")).toList();
    List<String> command = new ArrayList<>(List.of(node.toString()));
    if (AnyContainer.ALL) {
      command.add("--test");
      tests.forEach(test -> command.add(test.toString()));
    } else {
      command.add(together(tests, folder).toString());
    }
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("(?m)^\\S+ pass [1-9]");
  }

  private static Path together(List<Path> tests, Path folder) throws IOException {
    List<String> lines = new ArrayList<>(List.of("import { describe } from 'node:test';"));
    for (Path test : tests) {
      lines.add("describe('%s', () => import('%s'));".formatted(test.getFileName(), test.toUri()));
    }
    return Files.write(folder.resolve("all.js"), lines);
  }

  private static List<Path> copy(Path from, Path folder) throws IOException {
    List<Path> copies = new ArrayList<>();
    Path to = Files.createDirectories(folder.resolve(from));
    try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
      for (Path file : files.sorted().toList()) {
        copies.add(Files.copy(file, to.resolve(file.getFileName())));
      }
    }
    return copies;
  }
}
