package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;

/** Makes upload links of users with an e-mail address, by that client, and sends files by them. */
record MailGuests(ApiClient site) {
  /** A link that belongs to a new user. */
  String link(String email, String name) {
    Answer user = site.post("/api/user/create", Map.of("username", email, "email", email));
    Answer link =
        site.post(
            "/api/upload-link/create",
            Map.of("user_id", user.xml("/response/user_id"), "name", name));
    assertThat(link.status()).as(link.text()).isEqualTo(200);
    return link.xml("/response/upload_link");
  }

  /** What an admin is told of the user of that address. */
  Answer user(String email) {
    return site.get("/api/user/get", Map.of("username", email));
  }

  /** A guest opens a link, and sends a file of that name. */
  void send(ApiClient guest, String link, String name) {
    String token =
        guest
            .post("/api/upload-link/redeem", Map.of("upload_link", link, "format", "json"))
            .json()
            .getAsJsonObject("uploadtoken")
            .get("upload_token")
            .getAsString();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", name, "image/jpeg", SampleMedia.jpeg(20, 20));
    Answer answer = guest.post("/api/photo/redeem-upload-token", form);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
