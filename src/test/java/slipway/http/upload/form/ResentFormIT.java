package slipway.http.upload.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
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
import slipway.http.upload.tus.TusClient;

/** The visitor clicks twice, or goes back and sends the form again. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class ResentFormIT {
  private static final String END = "\r\n--x--\r\n";

  @Parameter Container container;

  private final ExecutorService others = Executors.newCachedThreadPool();
  private final byte[] jpeg = SampleMedia.jpeg(200, 150);

  @AfterEach
  void stop() {
    others.shutdownNow();
  }

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private static Multipart form(String token, String name, byte[] file) {
    return new Multipart().field("upload_token", token).file("file", name, "image/jpeg", file);
  }

  private Answer redeem(String token) {
    return visits().redeem(form(token, "a.jpg", jpeg));
  }

  @Test
  void givesTheSameWayBackAfterwards() {
    String token = visits().token();
    Answer first = redeem(token);
    assertThat(first.locationParameters()).containsKey("photo_id");
    double stored = IncomingFolder.counted(visits().server(), "slipway_upload_bytes_total");
    assertThat(redeem(token).location()).isEqualTo(first.location());
    ApiClient api = ApiClient.of(visits().server());
    Multipart form = form(token, "a.jpg", jpeg);
    Answer withKey =
        api.send(
            api.request(REDEEM)
                .header("Idempotency-Key", "another")
                .header("Content-Type", form.contentType())
                .POST(form.body()));
    assertThat(withKey.location()).isEqualTo(first.location());
    Multipart fileFirst =
        new Multipart().file("file", "a.jpg", "image/jpeg", jpeg).field("upload_token", token);
    assertThat(visits().redeem(fileFirst).location()).isEqualTo(first.location());
    JsonObject json = visits().redeem(form(token, "a.jpg", jpeg).field("format", "json")).json();
    assertThat(json.getAsJsonObject("upload").get("photo_id").getAsString())
        .isEqualTo(first.locationParameters().get("photo_id"));
    assertThat(IncomingFolder.counted(visits().server(), "slipway_upload_bytes_total"))
        .isEqualTo(stored);
    assertThat(photos(token)).isEqualTo(1);
  }

  private int photos(String token) {
    return status(token).getAsJsonArray("photos").size();
  }

  private JsonObject status(String token) {
    return ApiClient.of(visits().server())
        .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"))
        .json();
  }

  @Test
  void refusesEveryOtherFile() {
    String token = visits().token();
    redeem(token);
    byte[] last = jpeg.clone();
    last[jpeg.length - 1] ^= 1;
    for (byte[] other :
        List.of(
            last,
            Arrays.copyOf(jpeg, jpeg.length - 1),
            Arrays.copyOf(jpeg, jpeg.length + 1),
            new byte[0],
            SampleMedia.jpeg(200, 150))) {
      Answer refused = visits().redeem(form(token, "a.jpg", other));
      assertThat(refused.status()).as(refused.text()).isEqualTo(404);
      assertThat(refused.text()).contains("already been used");
      Multipart fileFirst =
          new Multipart().file("file", "a.jpg", "image/jpeg", other).field("upload_token", token);
      assertThat(visits().redeem(fileFirst).header("Location").orElse(""))
          .doesNotContain("photo_id");
    }
    assertThat(visits().redeem(form(token, "b.jpg", jpeg)).status()).isEqualTo(404);
    assertThat(visits().redeem(new Multipart().field("upload_token", token)).status())
        .isEqualTo(404);
  }

  /** For example when it came first: else the visitor would think that both are stored. */
  @Test
  void refusesASecondFileThoughTheFirstIsOneThatIsThere() {
    String token = visits().token();
    redeem(token);
    Multipart two = form(token, "a.jpg", jpeg).file("file", "b.jpg", "image/jpeg", jpeg);
    assertThat(visits().redeem(two).locationParameters())
        .doesNotContainKey("photo_id")
        .containsEntry("error_code", "invalid_input");
    Multipart others =
        new Multipart()
            .file("avatar", "me.jpg", "image/jpeg", jpeg)
            .file("file", "", "application/octet-stream", new byte[0])
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", jpeg)
            .file("file", "", "application/octet-stream", new byte[0]);
    assertThat(visits().redeem(others).locationParameters()).containsKey("photo_id");
  }

  @Test
  void tellsTheFileAmongAllThatTheTokenHasStored() {
    String token = visits().token("max_uploads", "3");
    List<Answer> answers = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] file = Arrays.copyOf(jpeg, jpeg.length + i);
      files.add(file);
      answers.add(visits().redeem(form(token, "a.jpg", file)));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(visits().redeem(form(token, "a.jpg", files.get(i))).location())
          .isEqualTo(answers.get(i).location());
    }
  }

  @Test
  void knowsAFileThatCameByTus() {
    String token = visits().token();
    TusClient tus = new TusClient(visits().server());
    String path = tus.created(token, jpeg.length);
    tus.patch(path, 0, jpeg);
    Answer back = visits().redeem(form(token, "cat 🐈.jpg", jpeg));
    assertThat(back.returnedPath()).isEqualTo(tus.originalPath(path));
  }

  @Test
  void refusesTheFileOfAPhotoThatHasBeenDeleted() {
    String token = visits().token();
    String photo = redeem(token).locationParameters().get("photo_id");
    ApiClient.withKey(visits().server()).post("/api/photo/delete", Map.of("photo_id", photo));
    assertThat(redeem(token).status()).isEqualTo(404);
  }

  @Test
  void tellsAClientThatAsksForTheBackgroundReturnThePhoto() {
    String token = visits().token("background_return_p", "1");
    Answer first = redeem(token);
    assertThat(first.text()).startsWith("ok ");
    assertThat(redeem(token).text()).isEqualTo(first.text());
  }

  /** The first click's form except for its end. */
  private RawConnection begun(String token) throws IOException {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + token
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
            + new String(jpeg, ISO_8859_1);
    RawConnection first = RawConnection.to(visits().server());
    first.send(
        ("POST "
                + REDEEM
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + visits().server().port()
                + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                + (form.length() + END.length())
                + "\r\n\r\n"
                + form)
            .getBytes(ISO_8859_1));
    Await.until("an upload in progress", () -> inProgress(token).equals("1"));
    return first;
  }

  private String inProgress(String token) {
    return status(token).getAsJsonObject("uploadtoken").get("uploads_in_progress").getAsString();
  }

  /** A few wait, and the rest are told at once. */
  @Test
  void waitsForTheFirstTryAndGivesItsWayBack() throws Exception {
    String token = visits().token();
    try (RawConnection first = begun(token)) {
      List<Future<Answer>> clicks = clicks(6, () -> redeem(token));
      Await.until("the answers", () -> clicks.stream().filter(Future::isDone).count() == 2);
      Answer stored = first.send(END).answer().orElseThrow();
      assertThat(stored.locationParameters()).containsKey("photo_id");
      int same = 0;
      for (Future<Answer> click : clicks) {
        Answer answer = click.get();
        if (answer.location().equals(stored.location())) {
          same++;
        } else {
          assertInProgress(answer, token);
        }
      }
      assertThat(same).isEqualTo(4);
    }
    assertThat(photos(token)).isEqualTo(1);
  }

  private List<Future<Answer>> clicks(int count, Callable<Answer> click) {
    List<Future<Answer>> clicks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clicks.add(others.submit(click));
    }
    return clicks;
  }

  private static void assertInProgress(Answer answer, String token) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.locationParameters())
        .containsEntry("upload_token", token)
        .doesNotContainKey("photo_id")
        .containsEntry("error_code", "upload_in_progress")
        .hasEntrySatisfying("error_message", said -> assertThat(said).contains("in progress"));
  }

  @Test
  void takesTheFileItselfWhenTheFirstTryIsCut() throws Exception {
    String token = visits().token();
    try (RawConnection first = begun(token)) {
      Future<Answer> second = clicks(1, () -> redeem(token)).get(0);
      first.reset();
      Answer stored = second.get(20, TimeUnit.SECONDS);
      assertThat(stored.locationParameters()).containsKey("photo_id");
      assertThat(ApiClient.of(visits().server()).get(stored.returnedPath()).body()).isEqualTo(jpeg);
    }
  }

  @Test
  void doesNotTellAUseThatIsReservedAsUsedUp() throws Exception {
    String token = visits().token();
    try (RawConnection first = begun(token)) {
      JsonObject told = status(token).getAsJsonObject("uploadtoken");
      assertThat(told.get("state").getAsString()).isEqualTo("valid");
      assertThat(told.get("uploads_left").getAsString()).isEqualTo("0");
      TusClient tus = new TusClient(visits().server());
      String chunk =
          "?upload_token=%s&resumableIdentifier=a&resumableTotalSize=%d&resumableChunkNumber=1"
                  .formatted(token, jpeg.length)
              + "&resumableChunkSize=1000";
      for (Answer answer :
          List.of(
              visits().redeem(formatFirst(token)),
              ApiClient.of(visits().server())
                  .post(
                      REDEEM + chunk,
                      "application/octet-stream",
                      BodyPublishers.ofByteArray(jpeg, 0, 1000)),
              tus.create(token, jpeg.length),
              tus.create(token, jpeg.length, "Upload-Concat", "partial"))) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.json().get("code").getAsString()).isEqualTo("upload_in_progress");
      }
      assertThat(first.send(END).answer()).isPresent();
    }
    assertThat(status(token).getAsJsonObject("uploadtoken").get("state").getAsString())
        .isEqualTo("used_up");
  }

  private Multipart formatFirst(String token) {
    return new Multipart()
        .field("format", "json")
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", jpeg);
  }

  @Tag("faults")
  @Test
  void isToldToComeAgainWhenTheFirstTryTakesLong() throws Exception {
    String token = visits().token();
    String background = visits().token("background_return_p", "1");
    try (RawConnection first = begun(token);
        RawConnection second = begun(background)) {
      Future<Answer> click = clicks(1, () -> redeem(background)).get(0);
      Future<Answer> other = clicks(1, () -> redeem(token)).get(0);
      int sent = 0;
      while (!click.isDone() || !other.isDone()) {
        // Tomcat ends a body of which nothing comes for 20 seconds.
        first.send(END.substring(sent, sent + 1));
        second.send(END.substring(sent, sent + 1));
        sent++;
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
      }
      assertInProgress(other.get(), token);
      assertThat(click.get().status()).isEqualTo(503);
      assertThat(click.get().header("Retry-After")).isPresent();
      assertThat(click.get().text()).startsWith("error ").contains("in progress");
      assertThat(first.send(END.substring(sent)).answer().orElseThrow().locationParameters())
          .containsKey("photo_id");
      assertThat(second.send(END.substring(sent)).answer().orElseThrow().text()).startsWith("ok ");
    }
  }
}
