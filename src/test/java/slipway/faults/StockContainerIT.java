package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Docs;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Tool;

/** The docs' steps, on containers as they are downloaded: deploy, back up, restore. */
@Tag("faults")
class StockContainerIT {
  private static final Path BACKUP = Path.of("/backup");

  @TempDir Path folder;
  private int port;

  /** What is done with a running service. */
  private interface Visit {
    void at(ApiClient api) throws Exception;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void running(StockContainer container, Path base, Visit visit) throws Exception {
    Process process = container.start(base, data(), port);
    ApiClient api = ApiClient.at(URI.create("http://127.0.0.1:" + port + "/"));
    try {
      Await.until(
          "a start, or an end", Duration.ofMinutes(5), () -> !process.isAlive() || isLive(api));
      assertThat(process.isAlive()).as(Files.readString(base.resolve("out.log"))).isTrue();
      visit.at(api);
    } finally {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The address of a stored file. */
  private static String upload(ApiClient visitor, String key, byte[] picture) {
    Answer token =
        visitor
            .withKey(key)
            .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
    Answer answer =
        visitor.post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token.xml("/response/upload_token"))
                .field("format", "json")
                .file("file", "a.jpg", "image/jpeg", picture));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonObject photo = answer.json().getAsJsonObject("upload");
    return "/%s/%s/%s/original"
        .formatted(
            photo.get("tree_id").getAsString(),
            photo.get("photo_id").getAsString(),
            photo.get("token").getAsString());
  }

  private static boolean isLive(ApiClient api) {
    try {
      return api.get("/health/live").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void tellsNothingOfItself() throws IOException {
    Answer unreached;
    try (RawConnection call = RawConnection.to(port)) {
      call.send("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n");
      unreached = call.answer().orElseThrow();
    }
    assertThat(unreached.status()).isEqualTo(400);
    assertThat(unreached.text()).doesNotContainIgnoringCase("tomcat").doesNotContain("etty");
    assertThat(unreached.header("Server")).isEqualTo(Optional.empty());
  }

  /** The commands of the section on back-ups, in the folders of this test. */
  private String steps(int block) throws Exception {
    return Docs.page("operations")
        .section("## Back-up and restore")
        .blocks("")
        .get(block)
        .replace(BACKUP.toString(), folder.resolve("backup").toString())
        .replace("chown -R tomcat:", "chown -R " + System.getProperty("user.name") + ":");
  }

  @ParameterizedTest
  @EnumSource(StockContainer.class)
  void servesBacksUpAndRestoresByTheStepsOfTheDocs(StockContainer container) throws Exception {
    Path base = folder.resolve("base");
    port = freePort();
    container.unpack(base);
    container.install(base, data(), port);
    byte[] picture = SampleMedia.jpeg(40, 30);
    String[] stored = new String[1];
    Map<String, String> where = Map.of("SLIPWAY_DATA", data().toString());
    Files.createDirectory(folder.resolve("backup"));
    Tool.require("sqlite3");
    Tool.require("rsync");
    running(
        container,
        base,
        api -> {
          assertThat(api.get("/health/ready").status()).isEqualTo(200);
          tellsNothingOfItself();
          String key = Files.readString(data().resolve("initial-key.txt")).strip();
          stored[0] = upload(api, key, picture);
          container.run(base, steps(0), where);
        });
    FileUtils.deleteDirectory(data().toFile());
    container.run(base, steps(1), where);
    running(
        container,
        base,
        api -> {
          assertThat(api.get("/health/ready").status()).isEqualTo(200);
          assertThat(api.get(stored[0]).body()).isEqualTo(picture);
        });
  }
}
