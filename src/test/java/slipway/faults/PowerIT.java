package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.PowerLoss;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** What was answered for is there after a loss of power, which takes all that was not flushed. */
@Tag("faults")
class PowerIT {
  /** The second finds what the first has left. */
  private static final int ROUNDS = 2;

  @TempDir Path folder;

  private static void lose(Server server, PowerLoss power) throws Exception {
    server.kill();
    power.strike();
    server.restart();
  }

  @Test
  void keepsEveryPromiseWhenThePowerIsLostAtRandomPoints() throws Exception {
    try (KillRun run = KillRun.withPowerLoss(Container.JETTY_12, 11, folder)) {
      for (int i = 0; i < 5; i++) {
        run.killAndCheck();
      }
      run.finish();
      assertThat(run.lost()).isNotEmpty();
      assertThat(run.reported()).isZero();
    }
  }

  @Test
  void keepsTheFirstKeyEveryUploadAndEveryPieceThatItAnsweredFor() throws Exception {
    Path data = folder.toRealPath().resolve("new/data");
    PowerLoss power = PowerLoss.of(folder.toRealPath());
    byte[] file = SampleMedia.largeJpeg(300 << 10).get().readAllBytes();
    try (Server server =
        Server.on(Container.JETTY_12)
            .data(data)
            .power(power)
            .setting("slipway.auth.initial-key", "")
            .start()) {
      String key = Files.readString(data.resolve("initial-key.txt")).strip();
      ApiClient api = ApiClient.of(server).withKey(key);
      Answer made =
          api.post("/api/credential/create", Map.of("name", "a", "level", "read", "kind", "oauth"));
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      Map<String, byte[]> stored = new HashMap<>();
      TusClient tus = new TusClient(server, key);
      for (int round = 0; round < ROUNDS; round++) {
        String token = tus.token();
        Multipart form =
            new Multipart().field("upload_token", token).file("file", "a", "image/jpeg", file);
        Answer back = ApiClient.of(server).post(Sending.REDEEM, form);
        stored.put(back.returnedPath(), file);
        Multipart direct =
            new Multipart().field("format", "json").file("file", "a", "image/jpeg", file);
        stored.put(api.post("/api/photo/upload", direct).uploadedPath(), file);
        String pieces = tus.created(tus.token(), file.length);
        int half = file.length / 2;
        assertThat(tus.patch(pieces, 0, Arrays.copyOf(file, half)).status()).isEqualTo(204);
        lose(server, power);
        assertThat(Files.readString(data.resolve("initial-key.txt")).strip()).isEqualTo(key);
        assertThat(api.get("/api/credential/list").xml("/response/@total_count")).isEqualTo("2");
        assertThat(tus.offset(pieces)).isEqualTo(half);
        byte[] rest = Arrays.copyOfRange(file, half, file.length);
        assertThat(tus.patch(pieces, half, rest).status()).isEqualTo(204);
        stored.put(tus.originalPath(pieces), file);
        lose(server, power);
        stored.forEach(
            (path, bytes) ->
                assertThat(ApiClient.of(server).get(path).body()).as(path).isEqualTo(bytes));
        Multipart another =
            new Multipart()
                .field("upload_token", token)
                .file("file", "b", "image/jpeg", SampleMedia.jpeg(9, 9));
        assertThat(ApiClient.of(server).post(Sending.REDEEM, another).status())
            .as("the use is spent")
            .isEqualTo(404);
      }
    }
  }
}
