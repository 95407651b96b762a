package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Receiver;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** The methods of webhooks and events, in XML and in JSON. */
@ParameterizedClass
@AnyContainer
class EventMethodsIT {
  private static final String ADDRESS = "http://" + Server.RECEIVER + ":1/hook";

  @Parameter Container container;

  private EventSite site() {
    return new EventSite(Server.shared(container));
  }

  private Catalogue catalogue() {
    return new Catalogue(Server.shared(container));
  }

  /** Also after a test that failed, so that no other is told of its events. */
  @AfterEach
  void leave() {
    site().deleteWebhooks();
  }

  @Test
  void makesListsAndDeletesAWebhookInXml() {
    Answer made = site().xml("webhook/create", "url", ADDRESS, "types", "photo.deleted");
    String id = made.xml("/response/webhook_id");
    String secret = made.xml("/response/secret");
    assertThat(made.xml("/response/url")).isEqualTo(ADDRESS);
    assertThat(made.xml("/response/types")).isEqualTo("photo.deleted");
    assertThat(made.xml("/response/created")).matches("\\d{10}");
    assertThat(secret).matches("whs_[0-9a-f]{64}");
    Answer list = site().xml("webhook/list", "size", "100");
    String webhook = "/response/webhook[@webhook_id='" + id + "']";
    assertThat(list.xml(webhook + "/@url")).isEqualTo(ADDRESS);
    assertThat(list.xml(webhook + "/@types")).isEqualTo("photo.deleted");
    assertThat(list.text()).doesNotContain(secret);
    assertThat(site().xml("webhook/delete", "webhook_id", id).xml("/response/@status"))
        .isEqualTo("ok");
    assertThat(site().xml("webhook/list", "size", "100").xml(webhook + "/@url")).isEmpty();
  }

  @Test
  void makesListsAndDeletesAWebhookInJson() {
    Map<String, String> made = site().webhook(ADDRESS, "");
    assertThat(made)
        .containsEntry("url", ADDRESS)
        .containsEntry(
            "types", "photo.uploaded,photo.updated,photo.deleted,photo.replaced,photo.infected")
        .containsOnlyKeys("webhook_id", "url", "types", "created", "secret");
    String id = made.get("webhook_id");
    assertThat(catalogue().listed("webhook/list", "webhooks", "webhook_id", "size", "100"))
        .contains(id);
    assertThat(site().call("webhook/list", "size", "100").text())
        .doesNotContain(made.get("secret"));
    site().delete(made);
    assertThat(catalogue().listed("webhook/list", "webhooks", "webhook_id", "size", "100"))
        .doesNotContain(id);
  }

  @Test
  void showsAnEventTheSameInXmlAndJson() throws Exception {
    try (Receiver receiver = new Receiver()) {
      Map<String, String> webhook = site().webhook(receiver.url("/"), "");
      String eventId = site().onlyEvent(site().upload("title", "<Shown> & \"told\""));
      Map<String, String> json = site().awaitState(eventId, "delivered");
      Answer xml = site().xml("event/get", "event_id", eventId);
      assertThat(json)
          .containsEntry("type", "photo.uploaded")
          .containsEntry("deliveries", "1")
          .containsEntry("delivery_1_kind", "webhook")
          .containsEntry("delivery_1_webhook_id", webhook.get("webhook_id"))
          .containsEntry("delivery_1_url", receiver.url("/"))
          .containsEntry("delivery_1_next_attempt", "");
      json.forEach(
          (name, value) -> assertThat(xml.xml("/response/" + name)).as(name).isEqualTo(value));
      assertThat(site().call("event/replay", "event_id", eventId).json().get("status"))
          .hasToString("\"ok\"");
    }
  }

  /** Four events of one photo, two of them of webhooks whose address is refused. */
  @Test
  void listsEventsByTypeStatePhotoAndTimeInPages() throws Exception {
    String photo = site().upload();
    site().call("photo/update", "photo_id", photo, "title", "Two");
    site().refusedWebhook();
    site().call("photo/update", "photo_id", photo, "title", "Three");
    site().call("photo/delete", "photo_id", photo);
    List<JsonObject> all = site().events("photo_id", photo);
    assertThat(all)
        .extracting(event -> event.get("type").getAsString())
        .as("the newest first")
        .containsExactly("photo.deleted", "photo.updated", "photo.updated", "photo.uploaded");
    for (int i = 0; i < 2; i++) {
      site().awaitState(all.get(i).get("event_id").getAsString(), "failed");
    }
    assertListed(photo, List.of(2, 3), "state", "delivered");
    assertListed(photo, List.of(0, 1), "state", "failed");
    assertListed(photo, List.of(), "state", "pending");
    assertListed(photo, List.of(1, 2), "type", "photo.updated");
    assertListed(photo, List.of(1), "type", "photo.updated", "state", "failed");
    assertListed(photo, List.of(0, 1, 2, 3), "since", "0");
    assertListed(photo, List.of(), "since", "4102444800");
    Answer second = site().xml("event/list", "photo_id", photo, "p", "2", "size", "3");
    assertThat(second.xml("/response/@total_count")).isEqualTo("4");
    assertThat(second.xml("count(/response/event)")).isEqualTo("1");
    assertThat(second.xml("/response/event/@event_id"))
        .isEqualTo(all.get(3).get("event_id").getAsString());
  }

  /** Of the photo's events, those at these places, in JSON and in XML; and among all events. */
  private void assertListed(String photo, List<Integer> places, String... filter) {
    List<String> ids =
        site().events("photo_id", photo).stream()
            .map(event -> event.get("event_id").getAsString())
            .toList();
    List<String> expected = places.stream().map(ids::get).toList();
    String[] ofPhoto = new String[filter.length + 2];
    System.arraycopy(filter, 0, ofPhoto, 2, filter.length);
    ofPhoto[0] = "photo_id";
    ofPhoto[1] = photo;
    assertThat(catalogue().listed("event/list", "events", "event_id", ofPhoto))
        .as(String.join(" ", filter))
        .containsExactlyElementsOf(expected);
    Answer xml = site().xml("event/list", ofPhoto);
    assertThat(xml.xml("/response/@total_count")).isEqualTo(Integer.toString(expected.size()));
    assertThat(xml.xml("count(/response/event)")).isEqualTo(Integer.toString(expected.size()));
    String[] ofAll = new String[filter.length + 2];
    System.arraycopy(filter, 0, ofAll, 0, filter.length);
    ofAll[filter.length] = "size";
    ofAll[filter.length + 1] = "100";
    assertThat(catalogue().listed("event/list", "events", "event_id", ofAll))
        .filteredOn(ids::contains)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void saysWhatIsValidInXmlAndJson() {
    Catalogue catalogue = catalogue();
    catalogue.assertRefused("invalid_input", 400, "webhook/create");
    catalogue.assertRefused("invalid_input", 400, "webhook/create", "url", "ftp://a.test/");
    catalogue.assertRefused("no_such_webhook", 404, "webhook/delete", "webhook_id", "99999999");
    catalogue.assertRefused("no_such_event", 404, "event/get", "event_id", "evt_1");
    catalogue.assertRefused("no_such_event", 404, "event/replay", "event_id", "evt_1");
    catalogue.assertRefused("invalid_input", 400, "event/list", "state", "lost");
    catalogue.assertRefused("invalid_input", 400, "event/list", "since", "yesterday");
    catalogue.assertRefused("invalid_input", 400, "event/list", "type", "photo.eaten");
    catalogue.assertRefused("invalid_input", 400, "event/list", "p", "0");
    assertThat(site().xml("webhook/create", "url", "ftp://a.test/").xml("/response/@message"))
        .contains("'url'", "http");
    assertThat(
            site()
                .xml("webhook/create", "url", ADDRESS, "types", "photo.eaten")
                .xml("/response/@message"))
        .contains("'types'", "photo.uploaded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/",
        "https://127.0.0.1:8443/hook",
        "http://[::1]/",
        "http://[::ffff:192.168.1.1]/",
        "http://localhost/"
      })
  void refusesAtOnceToCallAPrivateAddress(String url) {
    String[] webhook = {"webhook/create", "url", url};
    String[] pingback = {"credential/create", "name", "site", "level", "read", "pingback_url", url};
    for (String[] call : List.of(webhook, pingback)) {
      String[] parameters = Arrays.copyOfRange(call, 1, call.length);
      catalogue().assertRefused("invalid_input", 400, call[0], parameters);
      assertThat(site().xml(call[0], parameters).xml("/response/@message"))
          .contains("url'", "slipway.outgoing.allow-private");
    }
  }

  @Test
  void isForAdminsOnly() {
    String[] methods = {
      "webhook/create", "webhook/list", "webhook/delete", "event/list", "event/get", "event/replay"
    };
    String key =
        site().fields("credential", "credential/create", "name", "w", "level", "write").get("key");
    assertThat(key).isNotEmpty();
    for (String method : methods) {
      Answer visitor = catalogue().visit(method, "url", ADDRESS, "event_id", "x");
      assertThat(visitor.status()).as(method).isEqualTo(403);
      assertThat(visitor.xml("/response/@code")).isEqualTo("permission_denied");
      Answer writer =
          ApiClient.of(site().server())
              .withKey(key)
              .get("/api/" + method, Map.of("format", "json"));
      assertThat(writer.status()).as(method).isEqualTo(403);
      assertThat(writer.json().get("message").getAsString()).contains("'admin'");
    }
  }
}
