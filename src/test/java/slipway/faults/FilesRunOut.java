package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.OpenFiles;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A server that may open no file for a while is the same afterwards, for the first request too. */
final class FilesRunOut {
  private FilesRunOut() {}

  /** Tomcat closes a connection after some statuses, and no other can be opened then. */
  private static RawConnection opened(Server server) throws Exception {
    RawConnection connection = RawConnection.to(server);
    assertThat(new String(get(connection, "/health/live").body(), US_ASCII)).isEqualTo("ok\n");
    return connection;
  }

  private static Answer get(RawConnection connection, String path) throws Exception {
    connection.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n");
    return connection.answer().orElseThrow();
  }

  private static Optional<Answer> upload(RawConnection connection, String token) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        """
        --b
        Content-Disposition: form-data; name="upload_token"

        %s
        --b
        Content-Disposition: form-data; name="file"; filename="a.jpg"
        Content-Type: image/jpeg

        """;
    body.writeBytes(head.formatted(token).replace("\n", "\r\n").getBytes(US_ASCII));
    body.writeBytes(SampleMedia.jpeg(20, 20));
    body.writeBytes("\r\n--b--\r\n".getBytes(US_ASCII));
    connection.send(
        "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: a.test\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n"
            + ("Content-Length: " + body.size() + "\r\n\r\n"));
    connection.send(body.toByteArray());
    return connection.answer();
  }

  static void isOverOnceItMayOpenFilesAgain(Server server) throws Exception {
    try (RawConnection open = opened(server);
        RawConnection asking = opened(server);
        RawConnection sending = opened(server);
        RawConnection looking = opened(server)) {
      try (OpenFiles files = OpenFiles.none(server)) {
        assertThat(get(open, "/api/site/get").status()).isEqualTo(200);
        assertThat(get(open, "/api/site/get?format=json").status()).isEqualTo(200);
        assertThat(get(open, "/api/photo/list?p=x").status()).isEqualTo(400);
        assertThat(get(asking, "/health/ready").status()).isEqualTo(503);
        assertThat(upload(sending, "no such token").orElseThrow().status()).isEqualTo(404);
        assertThat(get(looking, "/no/such/page").text()).contains("<html");
      }
      ApiClient api = ApiClient.withKey(server);
      assertThat(api.get("/api/site/get").status()).isEqualTo(200);
      assertThat(api.get("/api/photo/list").status()).isEqualTo(200);
      String token =
          api.get("/api/photo/get-upload-token?return_url=http://a.test/")
              .xml("/response/upload_token");
      try (RawConnection next = RawConnection.to(server)) {
        assertThat(upload(next, token).orElseThrow().locationParameters()).containsKey("photo_id");
      }
      awaitReady(api);
      assertThat(server.log()).doesNotContain("NoClassDefFoundError");
    }
  }

  private static void awaitReady(ApiClient api) throws Exception {
    Answer ready = api.get("/health/ready");
    for (int i = 0; i < 300 && ready.status() != 200; i++) {
      Thread.sleep(100);
      ready = api.get("/health/ready");
    }
    assertThat(ready.status()).as(ready.text()).isEqualTo(200);
  }
}
