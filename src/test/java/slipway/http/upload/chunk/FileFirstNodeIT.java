package slipway.http.upload.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;
import slipway.http.upload.form.Visits;

/** A client of node that sends windows of chunks, each with the file before its fields. */
class FileFirstNodeIT {
  @TempDir Path folder;

  @ParameterizedTest
  @AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
  void sendsAFileWithATokenForOneUpload(Container container) throws Exception {
    Server server = Server.shared(container);
    byte[] jpeg = SampleMedia.largeJpeg(3_000_000).get().readAllBytes();
    Path file = Files.write(folder.resolve("my film.jpg"), jpeg);
    String token = new Visits(server).token();
    Map<String, Object> task =
        Map.of(
            "target",
            server.uri(Visits.REDEEM).toString(),
            "token",
            token,
            "path",
            file.toString(),
            "chunkSize",
            400_000,
            "atOnce",
            3);
    JsonObject outcome = run(task);
    assertThat(outcome.get("retries").getAsInt()).isZero();
    JsonObject photos =
        ApiClient.of(server)
            .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"))
            .json();
    assertThat(photos.getAsJsonArray("photos")).hasSize(1);
    JsonObject upload = outcome.getAsJsonObject("last").getAsJsonObject("upload");
    String path =
        "/%s/%s/%s/original"
            .formatted(
                upload.get("tree_id").getAsString(),
                upload.get("photo_id").getAsString(),
                upload.get("token").getAsString());
    assertThat(ApiClient.of(server).get(path).body()).isEqualTo(jpeg);
  }

  private JsonObject run(Map<String, Object> task) throws Exception {
    Path node = Tool.require("node");
    Path script = folder.resolve("windows.mjs");
    try (InputStream in = FileFirstNodeIT.class.getResourceAsStream("windows.mjs")) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder(node.toString(), script.toString(), new Gson().toJson(task))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return JsonParser.parseString(output).getAsJsonObject();
  }
}
