package slipway.http.upload.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;

/** Forms whose file comes before the token, or without one: anybody can send those. */
@ParameterizedClass
@AnyContainer
class FileFirstFormIT {
  private static final int IN_ALL = SharedServers.TOKENLESS;
  private static final int OF_ADDRESS = SharedServers.TOKENLESS_PER_ADDRESS;
  private static final String KEPT = "slipway_incoming_bytes";
  private static final String BEGIN =
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";

  @Parameter Container container;
  private Server server;
  private IncomingFolder incoming;
  private double kept;

  @BeforeEach
  void open() {
    server = SharedServers.cramped(container);
    incoming = IncomingFolder.fromNow(server);
    kept = IncomingFolder.counted(server, KEPT);
  }

  /** Whatever came of the uploads, nothing of them stays. */
  @AfterEach
  void theRoomIsFreeAgain() {
    Await.until("bytes that come in", () -> incoming.bytes() == 0);
    Await.metric(server, "slipway_incoming_tokenless_bytes", 0);
    // Less where an upload has expired that another class has left.
    Await.until("no more", () -> IncomingFolder.counted(server, KEPT) <= kept);
    Answer next = redeem("192.0.2.1", fileFirst(OF_ADDRESS - 5000, visits().token()));
    assertThat(next.returnedPath()).isNotEmpty();
  }

  private Visits visits() {
    return new Visits(server);
  }

  private static byte[] picture(int size) {
    try {
      return SampleMedia.largeJpeg(size).get().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Multipart file(int size) {
    return new Multipart().file("file", "a.jpg", "image/jpeg", picture(size));
  }

  private static Multipart fileFirst(int size, String token) {
    return file(size).field("upload_token", token);
  }

  private Answer redeem(String address, Multipart form) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(Visits.REDEEM)
            .header("X-Forwarded-For", address)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  /** A form of that length that has sent its head and the first bytes of its file. */
  private RawConnection begun(String path, String address, int length, byte[] bytes)
      throws IOException {
    return begin(path, address, "Content-Length: " + length).send(BEGIN).send(bytes);
  }

  /** The same of a form that does not say how long it is. */
  private RawConnection begunOfAnyLength(String address, byte[] bytes) throws IOException {
    String chunk = "7fffffff\r\n";
    return begin(Visits.REDEEM, address, "Transfer-Encoding: chunked")
        .send(chunk + BEGIN)
        .send(bytes);
  }

  private RawConnection begin(String path, String address, String length) throws IOException {
    return RawConnection.to(server)
        .send(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: "
                + address
                + "\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                + length
                + "\r\n\r\n");
  }

  private static String field(String name, String value) {
    return "\r\n--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
  }

  @Test
  void deletesAFileWhoseTokenNeverComes() {
    Answer answer = redeem("192.0.2.1", file(200_000).field("format", "json"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("message").getAsString()).contains("'upload_token' is required");
  }

  @Test
  void refusesAFileThatThereIsNoRoomForUntilItsTokenIsKnown() {
    String token = visits().token();
    Answer json = redeem("192.0.2.1", fileFirst(OF_ADDRESS + 1, token).field("format", "json"));
    assertThat(json.status()).isEqualTo(503);
    assertThat(json.header("Retry-After")).isPresent();
    assertThat(json.json().get("code").getAsString()).isEqualTo("server_error");
    assertThat(json.json().get("message").getAsString())
        .contains("put the field upload_token before the file");
    assertThat(redeem("192.0.2.1", fileFirst(OF_ADDRESS + 1, token)).locationParameters())
        .as("the token behind the file leads back")
        .containsEntry("error_code", "server_error")
        .doesNotContainKey("photo_id");

    Multipart tokenFirst =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", picture(OF_ADDRESS * 2));
    assertThat(redeem("192.0.2.1", tokenFirst).returnedPath()).isNotEmpty();
  }

  @Test
  void refusesAFileOfUnknownLengthOnceItTakesTooMuchRoom() {
    byte[] file = picture(OF_ADDRESS + 100_000);
    byte[] body = (BEGIN + new String(file, ISO_8859_1)).getBytes(ISO_8859_1);
    ApiClient api = ApiClient.of(server);
    Answer answer =
        api.send(
            api.request(Visits.REDEEM)
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.text()).contains("put the field upload_token before the file");
  }

  @Test
  void leavesRoomForOtherAddressesAndUsesThatOfAKnownTokenAnew() throws IOException {
    byte[] bytes = picture(300_000);
    String token = field("upload_token", visits().token()) + field("more", "");
    String rest = "y\r\n--x--\r\n";
    int length = BEGIN.length() + bytes.length + token.length() + rest.length();
    try (RawConnection first = begun(Visits.REDEEM, "192.0.2.1", length, bytes)) {
      Await.until("bytes that come in", () -> incoming.bytes() > 250_000);
      assertThat(redeem("192.0.2.1", fileFirst(150_000, visits().token())).locationParameters())
          .containsEntry("error_code", "server_error");
      assertThat(redeem("192.0.2.2", fileFirst(300_000, visits().token())).returnedPath())
          .isNotEmpty();
      first.send(token);
      Await.metric(server, "slipway_incoming_tokenless_bytes", 0);
      assertThat(incoming.bytes()).isEqualTo(bytes.length);
      assertThat(redeem("192.0.2.1", fileFirst(350_000, visits().token())).returnedPath())
          .isNotEmpty();
      first.send(rest);
      assertThat(first.answer().map(Answer::status)).contains(301);
    }
  }

  @Test
  void deletesAFileAtOnceWhenItsTokenIsNotOpen() throws IOException {
    String usedUp = visits().token();
    assertThat(redeem("192.0.2.1", fileFirst(5000, usedUp)).returnedPath()).isNotEmpty();
    String revoked = visits().token();
    ApiClient.withKey(server).post("/api/upload-token/revoke", Map.of("upload_token", revoked));
    List<String> dead = List.of("0".repeat(40), usedUp, revoked);
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < dead.size(); i++) {
        byte[] bytes = picture(200_000);
        connections.add(begun(Visits.REDEEM, "192.0.2." + i, IN_ALL / 4, bytes));
        int begun = i + 1;
        Await.until("bytes that come in", () -> incoming.bytes() > 150_000L * begun);
      }
      for (int i = 0; i < dead.size(); i++) {
        connections.get(i).send(field("upload_token", dead.get(i)) + field("more", "y"));
      }
      // The rest of the bodies never comes: the files are gone all the same.
      Await.until("bytes that come in", () -> incoming.bytes() == 0);
      for (int i = 0; i < dead.size(); i++) {
        assertThat(connections.get(i).answer().map(Answer::status).orElseThrow())
            .as("%s: Tomcat ends it by its own idle limit", dead.get(i))
            .isIn(404, 408);
      }
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void deletesTheFileOfAVisitorWhoLeaves() throws IOException {
    try (RawConnection gone = begun(Visits.REDEEM, "192.0.2.1", 350_000, picture(300_000))) {
      Await.until("bytes that come in", () -> incoming.bytes() > 250_000);
      gone.reset();
    }
  }

  @Test
  void storesNoByteOfADirectUploadBeforeItsCallerIsKnown() throws IOException {
    byte[] form = "y".repeat(100_000).getBytes(UTF_8);
    String rest = field("key", server.key()) + "\r\n--x--\r\n";
    int length = BEGIN.length() + form.length + rest.length();
    for (String method : new String[] {"/api/photo/upload", "/api/photo/replace"}) {
      double before = IncomingFolder.counted(server, "slipway_uploads_running");
      try (RawConnection connection = begun(method, "192.0.2.1", length, form)) {
        Await.until(
            "bytes that come in",
            () -> IncomingFolder.counted(server, "slipway_uploads_running") > before);
        for (int i = 0; i < 50; i++) {
          assertThat(incoming.files()).isZero();
        }
        connection.send(rest);
        assertThat(connection.answer().map(Answer::status)).contains(403);
      }
    }
  }

  @Test
  void letsAProperUploadThroughWhileManySendFilesWithoutAToken() throws Exception {
    RawConnection[] attackers = new RawConnection[20];
    try {
      for (int i = 0; i < attackers.length; i++) {
        attackers[i] = begunOfAnyLength("192.0.2." + i, picture(50_000 + 10_000 * i));
      }
      Await.until("bytes that come in", () -> incoming.bytes() > IN_ALL / 2);
      for (int i = 0; i < 20; i++) {
        assertThat(incoming.bytes()).isLessThanOrEqualTo(IN_ALL);
      }
      Multipart proper =
          new Multipart()
              .field("upload_token", visits().token())
              .file("file", "a.jpg", "image/jpeg", picture(3_000_000));
      assertThat(redeem("192.0.2.1", proper).returnedPath()).isNotEmpty();
      assertThat(redeem("198.51.100.1", fileFirst(10_000, visits().token())).returnedPath())
          .isNotEmpty();
    } finally {
      for (RawConnection attacker : attackers) {
        if (attacker != null) {
          attacker.reset();
        }
      }
    }
  }
}
