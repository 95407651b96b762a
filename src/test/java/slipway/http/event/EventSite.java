package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.Receiver;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** A site that listens to events: makes webhooks, uploads photos, and asks what became of it. */
record EventSite(Server server) {
  private static final int POLLS = 600;
  private static final int POLL_MILLIS = 50;

  /** The JSON answer to a method called with the super key. */
  Answer call(String method, String... parameters) {
    Map<String, String> all = Catalogue.map(parameters);
    all.put("format", "json");
    return ApiClient.withKey(server).post("/api/" + method, all);
  }

  /** The XML answer to a method called with the super key. */
  Answer xml(String method, String... parameters) {
    return ApiClient.withKey(server).post("/api/" + method, Catalogue.map(parameters));
  }

  /** The fields of the payload of that name. */
  Map<String, String> fields(String name, String method, String... parameters) {
    Answer answer = call(method, parameters);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    Map<String, String> fields = new LinkedHashMap<>();
    answer
        .json()
        .getAsJsonObject(name)
        .entrySet()
        .forEach(field -> fields.put(field.getKey(), field.getValue().getAsString()));
    return fields;
  }

  /** A new webhook of the events of those types; of all for an empty text. */
  Map<String, String> webhook(String url, String types) {
    return fields("webhook", "webhook/create", "url", url, "types", types);
  }

  /** A new webhook whose host has led to a private address since: each call of it is refused. */
  Map<String, String> refusedWebhook() throws IOException {
    server.moveAway(false);
    Map<String, String> webhook = webhook("http://" + Server.MOVING + ":1/", "");
    server.moveAway(true);
    return webhook;
  }

  void delete(Map<String, String> webhook) {
    call("webhook/delete", "webhook_id", webhook.get("webhook_id"));
  }

  /** Deletes every webhook of the site. */
  void deleteWebhooks() {
    new Catalogue(server)
        .listed("webhook/list", "webhooks", "webhook_id", "size", "100")
        .forEach(id -> call("webhook/delete", "webhook_id", id));
  }

  /** Uploads a picture with a new upload token, as a visitor, and gives the photo's number. */
  String upload(String... tokenParameters) {
    Map<String, String> parameters = Catalogue.map(tokenParameters);
    parameters.putIfAbsent("return_url", "http://site.test/back");
    parameters.put("format", "json");
    String token =
        ApiClient.withKey(server)
            .post("/api/photo/get-upload-token", parameters)
            .json()
            .getAsJsonObject("uploadtoken")
            .get("upload_token")
            .getAsString();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20));
    Answer answer = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().getAsJsonObject("upload").get("photo_id").getAsString();
  }

  /** The events of a list, one after the other. */
  List<JsonObject> events(String... parameters) {
    JsonArray events = call("event/list", parameters).json().getAsJsonArray("events");
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.getAsJsonObject())
        .toList();
  }

  /** The id of the one event of a photo. */
  String onlyEvent(String photoId) {
    List<JsonObject> events = events("photo_id", photoId);
    assertThat(events).hasSize(1);
    return events.get(0).get("event_id").getAsString();
  }

  /** Asks until the event is as wanted: a delivery ends just after the receiver has it. */
  Map<String, String> await(String eventId, Predicate<Map<String, String>> wanted)
      throws InterruptedException {
    Map<String, String> event = fields("event", "event/get", "event_id", eventId);
    for (int i = 0; i < POLLS && !wanted.test(event); i++) {
      Thread.sleep(POLL_MILLIS);
      event = fields("event", "event/get", "event_id", eventId);
    }
    assertThat(event).matches(wanted, "as wanted");
    return event;
  }

  /** Asks until the event is in that state. */
  Map<String, String> awaitState(String eventId, String state) throws InterruptedException {
    return await(eventId, event -> event.get("state").equals(state));
  }

  /** Asks until the event's only delivery has failed at least once, and gives the error. */
  String awaitError(String eventId) throws InterruptedException {
    return await(eventId, event -> !event.get("delivery_1_last_error").isEmpty())
        .get("delivery_1_last_error");
  }

  /** Computes the signature anew, from what came over the wire (RFC 2104). */
  static void assertSigned(Receiver.Got got, Map<String, String> webhook) throws Exception {
    String header = got.header("Slipway-Signature");
    assertThat(header).matches("t=\\d{10},v1=[0-9a-f]{64}");
    String time = header.substring(2, 12);
    long now = System.currentTimeMillis() / 1000;
    assertThat(Long.parseLong(time)).isBetween(now - 300, now + 300);
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] secret = webhook.get("secret").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] hash = mac.doFinal((time + "." + got.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(header).endsWith(",v1=" + HexFormat.of().formatHex(hash));
  }

  static String eventId(Receiver.Got got) {
    return got.header("Slipway-Event-Id");
  }
}
