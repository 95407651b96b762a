package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

class ShutdownIT {
  @ParameterizedTest
  @EnumSource(Container.class)
  void letsARunningUploadEndBeforeItStops(Container container) throws Exception {
    try (Server server = Server.on(container).start()) {
      String token =
          Api.withKey(server)
              .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
              .xml("/response/upload_token");
      byte[] jpeg = SampleMedia.jpeg(400, 400);
      Answer answer;
      try (RawConnection connection = RawConnection.to(server)) {
        byte[] body = body(token, jpeg);
        connection.send(head(body.length));
        int half = body.length / 2;
        connection.send(Arrays.copyOf(body, half));
        Thread.sleep(300);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
        send(connection, Arrays.copyOfRange(body, half, body.length));
        answer = connection.answer().orElseThrow();
        stopped.join();
      }
      assertThat(answer.status()).isEqualTo(301);
      server.restart();
      Map<String, String> said = answer.locationParameters();
      String original =
          "/" + said.get("tree_id") + "/" + said.get("photo_id") + "/" + said.get("token");
      assertThat(Api.of(server).get(original + "/original").body()).isEqualTo(jpeg);
    }
  }

  /** Takes longer than any container waits for a servlet of its own accord: 3 seconds. */
  private static void send(RawConnection connection, byte[] rest)
      throws IOException, InterruptedException {
    int pieces = 15;
    for (int i = 0; i < pieces; i++) {
      Thread.sleep(200);
      int from = rest.length * i / pieces;
      int to = rest.length * (i + 1) / pieces;
      connection.send(Arrays.copyOfRange(rest, from, to));
    }
  }

  private static String head(int length) {
    return "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n"
        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static byte[] body(String token, byte[] file) {
    String before =
        "--x\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + token
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    var body = new ByteArrayOutputStream();
    body.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(file);
    body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }
}
