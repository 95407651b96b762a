package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.event.EventSite.assertSigned;
import static slipway.http.event.EventSite.eventId;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Receiver;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A site is told of what happens. */
@ParameterizedClass
@AnyContainer
class EventIT {
  @Parameter Container container;

  private EventSite site;
  private Receiver receiver;
  private Map<String, String> webhook;

  @BeforeEach
  void listen() {
    site = new EventSite(Server.shared(container));
    receiver = new Receiver();
    webhook = site.webhook(receiver.url("/hook"), "");
  }

  @AfterEach
  void leave() {
    site.deleteWebhooks();
    receiver.close();
  }

  @Test
  void tellsASignedEventOfAnUpload() throws Exception {
    String photoId = site.upload("title", "A day ü");
    Receiver.Got got = receiver.next();
    assertThat(got.method() + " " + got.uri()).isEqualTo("POST /hook");
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertSigned(got, webhook);
    JsonObject body = JsonParser.parseString(got.body()).getAsJsonObject();
    assertThat(body.get("type").getAsString()).isEqualTo("photo.uploaded");
    assertThat(body.getAsJsonObject("photo").get("photo_id").getAsString()).isEqualTo(photoId);
    assertThat(body.getAsJsonObject("photo").get("title").getAsString()).isEqualTo("A day ü");
    assertThat(body.get("event_id").getAsString()).isEqualTo(eventId(got));
    assertThat(site.awaitState(eventId(got), "delivered"))
        .containsEntry("payload", got.body())
        .containsEntry("delivery_1_attempts", "1")
        .containsEntry("delivery_1_state", "delivered");
  }

  @Test
  void takesNothingBut2xxForAYes() throws Exception {
    // Each further one is waited for longer.
    for (int[] refusals : new int[][] {{302, 304, 400, 404}, {410, 429, 500, 503}}) {
      receiver.answer(refusals);
      site.upload();
      Receiver.Got first = receiver.next();
      for (int i = 0; i < refusals.length; i++) {
        Receiver.Got again = receiver.next();
        assertThat(again.body()).isEqualTo(first.body());
        assertSigned(again, webhook);
      }
      assertThat(site.awaitState(eventId(first), "delivered"))
          .containsEntry("delivery_1_attempts", Integer.toString(refusals.length + 1));
    }
    for (int yes : new int[] {200, 201, 202, 299}) {
      receiver.answer(yes);
      site.upload();
      assertThat(site.awaitState(eventId(receiver.next()), "delivered"))
          .containsEntry("delivery_1_attempts", "1");
    }
  }

  @Test
  void followsNoRedirectToAPrivateAddressNorElsewhere() throws Exception {
    try (Receiver inside = new Receiver()) {
      receiver.answer(301, 302, 307, 308);
      receiver.redirectTo(inside.url("127.0.0.1", "/admin"));
      site.upload();
      String eventId = eventId(receiver.next());
      assertThat(receiver.next().uri()).isEqualTo("/hook");
      assertThat(site.awaitError(eventId)).startsWith("answered HTTP status 30");
      receiver.redirectTo(receiver.url("/elsewhere"));
      for (int i = 0; i < 3; i++) {
        assertThat(receiver.next().uri()).isEqualTo("/hook");
      }
      site.awaitState(eventId, "delivered");
      assertThat(inside.waiting()).isZero();
    }
  }

  @Test
  void triesAgainWhenNobodyListened() throws Exception {
    int port = receiver.port();
    receiver.close();
    String eventId = site.onlyEvent(site.upload());
    assertThat(site.awaitError(eventId)).startsWith("no answer");
    assertThat(site.awaitState(eventId, "pending"))
        .hasEntrySatisfying("delivery_1_next_attempt", next -> assertThat(next).matches("\\d+"));
    receiver = new Receiver(port);
    assertThat(eventId(receiver.next())).isEqualTo(eventId);
  }

  /** Far more calls wait for the slow host than there are workers. */
  @Test
  void letsNoHostThatHangsHoldUpTheOthers() throws Exception {
    int photos = 20;
    try (Receiver slow = new Receiver()) {
      slow.hold();
      site.webhook(slow.url(Server.OTHER_RECEIVER, "/"), "");
      Set<String> told = new HashSet<>();
      for (int i = 0; i < photos; i++) {
        site.upload();
      }
      for (int i = 0; i < photos; i++) {
        told.add(eventId(receiver.next()));
      }
      assertThat(told).hasSize(photos);
      assertThat(slow.waiting()).as("calls to one host at once").isEqualTo(2);
      slow.release();
      Set<String> toldSlowly = new HashSet<>();
      while (!toldSlowly.equals(told)) {
        toldSlowly.add(eventId(slow.next()));
      }
    }
  }

  @Test
  void tellsAgainOnRequestAlsoThoseWhoCameLater() throws Exception {
    site.upload();
    Receiver.Got first = receiver.next();
    String eventId = eventId(first);
    site.awaitState(eventId, "delivered");
    try (Receiver later = new Receiver()) {
      Map<String, String> second = site.webhook(later.url("/later"), "photo.uploaded");
      assertThat(site.xml("event/replay", "event_id", eventId).xml("/response/@status"))
          .isEqualTo("ok");
      Receiver.Got again = receiver.next();
      assertThat(eventId(again)).isEqualTo(eventId);
      assertThat(again.body()).isEqualTo(first.body());
      assertSigned(again, webhook);
      Receiver.Got elsewhere = later.next();
      assertThat(elsewhere.body()).isEqualTo(first.body());
      assertSigned(elsewhere, second);
      assertThat(site.awaitState(eventId, "delivered"))
          .containsEntry("deliveries", "2")
          .containsEntry("delivery_1_attempts", "1");
    }
  }

  @Test
  void pingsBackAndReturnsInTheBackground() throws Exception {
    try (Receiver other = new Receiver()) {
      Map<String, String> credential =
          site.fields(
              "credential",
              "credential/create",
              "name",
              "site",
              "level",
              "read",
              "pingback_url",
              other.url("/ping"));
      uploadInBackground(other.url("/back?theme=green"));
      Receiver.Got one = other.next();
      Receiver.Got two = other.next();
      boolean isPingFirst = one.method().equals("POST");
      Receiver.Got ping = isPingFirst ? one : two;
      Receiver.Got back = isPingFirst ? two : one;
      assertThat(ping.uri()).isEqualTo("/ping");
      assertThat(ping.body()).matches("type=photo&photo_id=\\d+");
      assertThat(ping.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
      assertThat(ping.header("Slipway-Signature")).isNull();
      assertThat(back.method()).isEqualTo("GET");
      assertThat(back.uri()).startsWith("/back?theme=green&").contains("photo_id=");
      site.call("credential/revoke", "credential_id", credential.get("credential_id"));
    }
  }

  /** By hand: an explicit format would ask for a reply in place of the call. */
  private void uploadInBackground(String returnUrl) {
    String token =
        site.fields(
                "uploadtoken",
                "photo/get-upload-token",
                "return_url",
                returnUrl,
                "background_return_p",
                "1")
            .get("upload_token");
    ApiClient.of(site.server())
        .post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20)));
  }

  @Test
  void tellsOfChangesReplacementsAndDeletions() throws Exception {
    String photoId = site.upload();
    site.call("photo/update", "photo_id", photoId, "title", "Another");
    ApiClient.withKey(site.server())
        .post(
            "/api/photo/replace",
            new Multipart()
                .field("photo_id", photoId)
                .file("file", "b.png", "image/png", SampleMedia.png(20, 20)));
    site.call("photo/delete", "photo_id", photoId);
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
  void tellsAWebhookOfItsTypesOnlyAndADeletedOneOfNothing() throws Exception {
    try (Receiver deletions = new Receiver()) {
      Map<String, String> other = site.webhook(deletions.url("/"), "photo.deleted");
      String photoId = site.upload();
      site.call("photo/delete", "photo_id", photoId);
      assertThat(deletions.next().body()).contains("photo.deleted");
      site.delete(other);
      site.upload();
      for (int i = 0; i < 3; i++) {
        receiver.next();
      }
      assertThat(deletions.waiting()).isZero();
    }
  }

  @Test
  void forgetsTheFailuresOfADeletedWebhook() throws Exception {
    Map<String, String> unreachable = site.refusedWebhook();
    String eventId = site.onlyEvent(site.upload());
    receiver.next();
    assertThat(site.awaitState(eventId, "failed"))
        .containsEntry("delivery_2_attempts", "1")
        .hasEntrySatisfying(
            "delivery_2_last_error", error -> assertThat(error).startsWith("refused"));
    site.delete(unreachable);
    assertThat(site.awaitState(eventId, "delivered")).containsEntry("deliveries", "1");
  }
}
