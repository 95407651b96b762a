package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import slipway.harness.Npm;
import slipway.harness.Tool;

/** The real tus-js-client, in a node of its own that ends when all its files have. */
final class TusJs implements AutoCloseable {
  private final Process node;

  private TusJs(Process node) {
    this.node = node;
  }

  /** What node is to do. */
  static final class Task {
    private final Map<String, Object> arguments = new HashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Object> options =
        new HashMap<>(Map.of("retryDelays", List.of(0, 300, 1000, 3000, 5000, 10000, 20000)));

    Task(URI endpoint) {
      arguments.put("endpoint", endpoint.toString());
    }

    Task files(String token, Path... files) {
      Stream.of(files).forEach(file -> this.files.put(file.toString(), token));
      return this;
    }

    Task option(String name, Object value) {
      options.put(name, value);
      return this;
    }

    /** Remembers uploads in that file, and continues with those that are in it. */
    Task storage(Path file) {
      arguments.put("storage", file.toString());
      return this;
    }

    /** Pauses each file once after so many bytes. */
    Task pauseAt(long bytes) {
      arguments.put("pauseAt", bytes);
      return this;
    }

    TusJs start() throws IOException {
      Path node = Tool.require("node");
      Path library = Npm.install("tus-js-client", "4.3.1");
      arguments.put("options", options);
      arguments.put(
          "files",
          files.entrySet().stream()
              .map(file -> Map.of("path", file.getKey(), "token", file.getValue()))
              .toList());
      ProcessBuilder builder =
          new ProcessBuilder(
              node.toString(), script(), library.toString(), new Gson().toJson(arguments));
      return new TusJs(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Does it all; gives the outcome of each file. */
    List<JsonObject> run() throws Exception {
      try (TusJs node = start()) {
        return node.outcomes();
      }
    }

    private static String script() throws IOException {
      Path file = Files.createTempFile("upload", ".cjs");
      file.toFile().deleteOnExit();
      try (InputStream in = TusJs.class.getResourceAsStream("upload.cjs")) {
        Files.write(file, in.readAllBytes());
      }
      return file.toString();
    }
  }

  /** Waits for the end; gives the outcome of each file. */
  List<JsonObject> outcomes() throws Exception {
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(output).isZero();
    return output.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  /** Ends a node in the middle of what it does. */
  @Override
  public void close() throws InterruptedException {
    node.destroyForcibly().waitFor();
  }
}
