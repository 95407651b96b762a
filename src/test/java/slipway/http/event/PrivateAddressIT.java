package slipway.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

class PrivateAddressIT {
  private static Answer call(Server server, String method, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("format", "json");
    return Api.withKey(server).post("/api/" + method, all);
  }

  @Test
  void callsNoPrivateAddressUnlessASettingAllowsIt() throws Exception {
    try (Receiver receiver = new Receiver();
        Server server = Server.on(Container.values()[0]).start()) {
      String[] hosts = {
        "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "0.0.0.0",
      };
      for (String host : hosts) {
        String url = "http://" + host + ":" + receiver.port() + "/";
        assertThat(call(server, "webhook/create", Map.of("url", url)).status()).isEqualTo(200);
      }
      String token =
          call(server, "photo/get-upload-token", Map.of("return_url", "http://site.test/"))
              .json()
              .getAsJsonObject("uploadtoken")
              .get("upload_token")
              .getAsString();
      Api.of(server)
          .post(
              "/api/photo/redeem-upload-token",
              new Multipart()
                  .field("upload_token", token)
                  .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20)));
      String eventId =
          call(server, "event/list", Map.of())
              .json()
              .getAsJsonArray("events")
              .get(0)
              .getAsJsonObject()
              .get("event_id")
              .getAsString();
      for (int n = 1; n <= hosts.length; n++) {
        assertThat(refusal(server, eventId, n)).as(hosts[n - 1]).startsWith("refused");
      }
      assertThat(receiver.isEmpty()).isTrue();
    }
  }

  private static String refusal(Server server, String eventId, int delivery) throws Exception {
    for (int i = 0; i < 300; i++) {
      JsonObject event =
          call(server, "event/get", Map.of("event_id", eventId)).json().getAsJsonObject("event");
      if (event.get("delivery_" + delivery + "_state").getAsString().equals("failed")) {
        return event.get("delivery_" + delivery + "_last_error").getAsString();
      }
      Thread.sleep(50);
    }
    return "not given up";
  }
}
