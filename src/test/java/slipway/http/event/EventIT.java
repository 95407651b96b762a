package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A site is told of what happens, by a server that may call this machine. */
class EventIT {
  private static Server server;

  private Receiver receiver;
  private Map<String, String> webhook;

  @BeforeAll
  static void start() {
    server =
        Server.on(Container.values()[0])
            .setting("slipway.outgoing.allow-private", "127.0.0.0/8")
            .setting("slipway.outgoing.first-pause-millis", "50")
            .setting("slipway.outgoing.timeout-seconds", "1")
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    receiver = new Receiver();
    webhook = create(receiver.url("/hook"));
  }

  @AfterEach
  void leave() {
    call("webhook/delete", "webhook_id", webhook.get("webhook_id"));
    receiver.close();
  }

  private static Answer call(String method, String... parameters) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("format", "json"));
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return Api.withKey(server).post("/api/" + method, all);
  }

  private static Map<String, String> fields(Answer answer, String name) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    Map<String, String> fields = new LinkedHashMap<>();
    answer
        .json()
        .getAsJsonObject(name)
        .entrySet()
        .forEach(field -> fields.put(field.getKey(), field.getValue().getAsString()));
    return fields;
  }

  private static Map<String, String> create(String url, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "url";
    all[1] = url;
    System.arraycopy(more, 0, all, 2, more.length);
    return fields(call("webhook/create", all), "webhook");
  }

  private static Answer upload(String... tokenParameters) {
    String[] all = new String[tokenParameters.length + 2];
    all[0] = "return_url";
    all[1] = "http://site.test/back";
    System.arraycopy(tokenParameters, 0, all, 2, tokenParameters.length);
    String token = fields(call("photo/get-upload-token", all), "uploadtoken").get("upload_token");
    return Api.of(server)
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20)));
  }

  private static String photoId(Answer uploaded) {
    return uploaded.locationParameters().get("photo_id");
  }

  /** Asks until the event is in that state: the delivery ends just after the receiver has it. */
  private static Map<String, String> awaitState(String eventId, String state) throws Exception {
    Map<String, String> event = Map.of();
    for (int i = 0; i < 300 && !state.equals(event.get("state")); i++) {
      Thread.sleep(50);
      event = fields(call("event/get", "event_id", eventId), "event");
    }
    assertThat(event).containsEntry("state", state);
    return event;
  }

  private static String onlyEvent(String photoId) {
    JsonObject list = call("event/list", "photo_id", photoId).json();
    assertThat(list.get("total_count").getAsString()).isEqualTo("1");
    return list.getAsJsonArray("events").get(0).getAsJsonObject().get("event_id").getAsString();
  }

  private void assertSigned(Receiver.Got got) throws Exception {
    String[] signature = got.headers().getFirst("Slipway-Signature").split("[=,]");
    assertThat(signature[0] + signature[2]).isEqualTo("tv1");
    assertThat(Long.parseLong(signature[1]))
        .isBetween(
            System.currentTimeMillis() / 1000 - 300, System.currentTimeMillis() / 1000 + 300);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(webhook.get("secret").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal((signature[1] + "." + got.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(signature[3]).isEqualTo(HexFormat.of().formatHex(hash));
  }

  @Test
  void tellsASignedEventOfAnUpload() throws Exception {
    String photoId = photoId(upload("title", "A day ü"));
    Receiver.Got got = receiver.next();
    assertThat(got.method() + " " + got.uri()).isEqualTo("POST /hook");
    assertThat(got.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertSigned(got);
    JsonObject body = JsonParser.parseString(got.body()).getAsJsonObject();
    assertThat(body.get("type").getAsString()).isEqualTo("photo.uploaded");
    assertThat(body.getAsJsonObject("photo").get("photo_id").getAsString()).isEqualTo(photoId);
    assertThat(body.getAsJsonObject("photo").get("title").getAsString()).isEqualTo("A day ü");
    String eventId = body.get("event_id").getAsString();
    assertThat(got.headers().getFirst("Slipway-Event-Id")).isEqualTo(eventId);
    assertThat(awaitState(eventId, "delivered"))
        .containsEntry("payload", got.body())
        .containsEntry("delivery_1_attempts", "1")
        .containsEntry("delivery_1_state", "delivered");
  }

  @Test
  void triesAgainUntilTheReceiverSaysYes() throws Exception {
    receiver.answer(500, 302);
    receiver.redirectTo(receiver.url("/elsewhere"));
    upload();
    Receiver.Got first = receiver.next();
    Receiver.Got second = receiver.next();
    Receiver.Got third = receiver.next();
    assertThat(second.uri()).as("no redirect is followed").isEqualTo("/hook");
    assertThat(third.uri()).isEqualTo("/hook");
    assertThat(third.body()).isEqualTo(first.body());
    assertSigned(third);
    assertThat(awaitState(third.headers().getFirst("Slipway-Event-Id"), "delivered"))
        .containsEntry("delivery_1_attempts", "3");
  }

  @Test
  void triesAgainWhenNobodyListened() throws Exception {
    int port = receiver.port();
    receiver.close();
    String eventId = onlyEvent(photoId(upload()));
    Map<String, String> event = Map.of();
    for (int i = 0; i < 300 && event.getOrDefault("delivery_1_last_error", "").isEmpty(); i++) {
      Thread.sleep(50);
      event = fields(call("event/get", "event_id", eventId), "event");
    }
    assertThat(event.get("delivery_1_last_error")).startsWith("no answer");
    assertThat(event).containsEntry("state", "pending");
    receiver = new Receiver(port);
    assertThat(receiver.next().headers().getFirst("Slipway-Event-Id")).isEqualTo(eventId);
  }

  @Test
  void tellsAfterTheServerWasKilledRightAfterItsAnswer() throws Exception {
    int port = receiver.port();
    receiver.close();
    String photoId = photoId(upload());
    server.kill();
    receiver = new Receiver(port);
    server.restart();
    Receiver.Got got = receiver.next();
    assertSigned(got);
    assertThat(got.headers().getFirst("Slipway-Event-Id")).isEqualTo(onlyEvent(photoId));
  }

  @Test
  void tellsAgainOnRequest() throws Exception {
    upload();
    Receiver.Got first = receiver.next();
    String eventId = first.headers().getFirst("Slipway-Event-Id");
    awaitState(eventId, "delivered");
    assertThat(call("event/replay", "event_id", eventId).status()).isEqualTo(200);
    Receiver.Got again = receiver.next();
    assertThat(again.headers().getFirst("Slipway-Event-Id")).isEqualTo(eventId);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void pingsBackAndReturnsInTheBackground() throws Exception {
    try (Receiver site = new Receiver()) {
      Map<String, String> credential =
          fields(
              call(
                  "credential/create",
                  "name",
                  "site",
                  "level",
                  "read",
                  "pingback_url",
                  site.url("/ping")),
              "credential");
      upload("return_url", site.url("/back?theme=green"), "background_return_p", "1");
      Receiver.Got one = site.next();
      Receiver.Got other = site.next();
      Receiver.Got ping = one.method().equals("POST") ? one : other;
      Receiver.Got back = ping == one ? other : one;
      assertThat(ping.uri()).isEqualTo("/ping");
      assertThat(ping.body()).matches("type=photo&photo_id=\\d+");
      assertThat(back.method()).isEqualTo("GET");
      assertThat(back.uri()).startsWith("/back?theme=green&").contains("photo_id=");
      call("credential/revoke", "credential_id", credential.get("credential_id"));
    }
  }

  @Test
  void tellsOfChangesReplacementsAndDeletions() throws Exception {
    String photoId = photoId(upload());
    call("photo/update", "photo_id", photoId, "title", "Another");
    Api.withKey(server)
        .post(
            "/api/photo/replace",
            new Multipart()
                .field("photo_id", photoId)
                .file("file", "b.png", "image/png", SampleMedia.png(20, 20)));
    call("photo/delete", "photo_id", photoId);
    Map<String, String> said = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      JsonObject event = JsonParser.parseString(receiver.next().body()).getAsJsonObject();
      JsonObject photo = event.getAsJsonObject("photo");
      assertThat(photo.get("photo_id").getAsString()).isEqualTo(photoId);
      said.put(
          event.get("type").getAsString(),
          photo.get("title").getAsString() + " " + photo.get("content_type").getAsString());
    }
    assertThat(said)
        .containsOnly(
            Map.entry("photo.uploaded", " image/jpeg"),
            Map.entry("photo.updated", "Another image/jpeg"),
            Map.entry("photo.replaced", "Another image/png"),
            Map.entry("photo.deleted", "Another image/png"));
  }

  @Test
  void saysWhatIsValid() {
    assertThat(call("webhook/create", "url", "ftp://a.test/").json().get("message").getAsString())
        .contains("'url'", "http");
    assertThat(
            call("webhook/create", "url", "http://a.test/", "types", "photo.eaten")
                .json()
                .get("message")
                .getAsString())
        .contains("'types'", "photo.uploaded");
    assertThat(call("webhook/delete", "webhook_id", "999").status()).isEqualTo(400);
    assertThat(call("event/get", "event_id", "evt_1").status()).isEqualTo(400);
    assertThat(call("event/replay", "event_id", "evt_1").status()).isEqualTo(400);
    assertThat(call("event/list", "state", "lost").status()).isEqualTo(400);
    assertThat(Api.of(server).get("/api/event/list").status()).isEqualTo(403);
    assertThat(call("webhook/list").text()).doesNotContain(webhook.get("secret"));
  }
}
