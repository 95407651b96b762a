package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.RETURN_URL;
import static slipway.http.upload.form.Visits.map;

import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class ReplaceTokenIT {
  private static final String ISSUE = "/api/photo/get-replace-token";
  private static final String REDEEM = "/api/photo/redeem-replace-token";
  private static final byte[] PNG = SampleMedia.png(20, 10);

  @Parameter Container container;
  private Server server;
  private Catalogue site;
  private JsonObject photo;
  private String id;

  @BeforeEach
  void upload() {
    server = Server.shared(container);
    site = new Catalogue(server);
    photo = site.upload("title", "Kept");
    id = photo.get("photo_id").getAsString();
  }

  private Answer ask(String... parameters) {
    Map<String, String> all = map("photo_id", id, "return_url", RETURN_URL);
    all.putAll(map(parameters));
    return ApiClient.withKey(server).post(ISSUE, all);
  }

  private String token(String... parameters) {
    Answer answer = ask(parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/replace_token");
  }

  private static Multipart png(String token) {
    return new Multipart().field("replace_token", token).file("file", "b.png", "image/png", PNG);
  }

  private Answer redeem(Multipart form) {
    return ApiClient.of(server).post(REDEEM, form);
  }

  private static String location(Answer answer) {
    return answer.header("Location").orElse(answer.toString());
  }

  private byte[] original() {
    Answer list = site.call("photo/list", "photo_id", id);
    return ApiClient.of(server).get(list.xml("/response/photo/@original_download")).body();
  }

  private String tree() {
    return site.call("photo/list", "photo_id", id)
        .xml("/response/photo/@original_download")
        .split("/", -1)[1];
  }

  @Test
  void issuesATokenForAPhotoInXmlAndJson() {
    Answer xml = ask("max_uploads", "2", "valid_minutes", "20");
    assertThat(xml.xml("/response/@message")).isEqualTo("The replace token is ready to use");
    assertThat(xml.xml("/response/replace_token")).matches("[0-9a-f]{40}");
    assertThat(xml.xml("/response/photo_id")).isEqualTo(id);
    JsonObject json = ask("format", "json").json();
    assertThat(json.get("endpoint").getAsString()).isEqualTo(ISSUE);
    JsonObject token = json.getAsJsonObject("replacetoken");
    assertThat(token.keySet())
        .containsExactly(
            "replace_token",
            "photo_id",
            "max_uploads",
            "valid_minutes",
            "valid_until",
            "return_url");
    assertThat(token.get("max_uploads").getAsString()).isEqualTo("1");
    assertThat(token.get("return_url").getAsString()).isEqualTo(RETURN_URL);
  }

  @Test
  void givesThePhotoTheFileAndSendsTheVisitorBack() {
    String token = token("campaign", "june");
    Answer back = redeem(png(token).field("step", "2"));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(location(back))
        .isEqualTo(
            RETURN_URL
                + "&step=2&campaign=june&domain=127.0.0.1%3A"
                + server.port()
                + "&replace_token="
                + token
                + "&photo_id="
                + id
                + "&tree_id="
                + tree()
                + "&token="
                + photo.get("token").getAsString());
    assertThat(original()).isEqualTo(PNG);
    assertThat(site.visited("photo/list", "photos", "title", "photo_id", id))
        .containsExactly("Kept");
    assertThat(location(redeem(png(token).field("step", "2"))))
        .as("sent once more")
        .isEqualTo(location(back));
    Multipart other =
        new Multipart()
            .field("replace_token", token)
            .file("file", "b.png", "image/png", SampleMedia.png(20, 10));
    Answer again = redeem(other);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text()).contains("already been used");
  }

  @Test
  void answersInXmlAndJsonWhereTheFormAsksForThat() {
    String token = token("max_uploads", "2");
    JsonObject upload = redeem(png(token).field("format", "json")).json().getAsJsonObject("upload");
    assertThat(upload.get("photo_id").getAsString()).isEqualTo(id);
    assertThat(upload.get("token")).isEqualTo(photo.get("token"));
    assertThat(upload.get("callback_url").getAsString()).contains("replace_token=" + token);
    Answer xml = redeem(png(token).field("format", "xml"));
    assertThat(xml.xml("/response/@message")).isEqualTo("The photo was replaced");
    assertThat(xml.xml("/response/photo_id")).isEqualTo(id);
  }

  @Test
  void keepsTheFileWhenTheNewOneIsRefusedAndLetsTheVisitorTryAgain() {
    byte[] before = original();
    String token = token("accept", "image/png");
    Multipart jpeg =
        new Multipart()
            .field("replace_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9));
    Answer refused = redeem(jpeg);
    assertThat(refused.status()).isEqualTo(301);
    assertThat(location(refused)).contains("error_message=").doesNotContain("photo_id");
    assertThat(original()).isEqualTo(before);
    assertThat(location(redeem(png(token)))).contains("photo_id=" + id);
  }

  @Test
  void takesARepeatWithTheSameIdempotencyKeyAsOne() {
    String token = token();
    for (int i = 0; i < 2; i++) {
      Multipart form = png(token);
      Answer answer =
          ApiClient.of(server)
              .send(
                  ApiClient.of(server)
                      .request(REDEEM)
                      .header("Idempotency-Key", "once")
                      .header("Content-Type", form.contentType())
                      .POST(form.body()));
      assertThat(location(answer)).contains("photo_id=" + id);
    }
    assertThat(original()).isEqualTo(PNG);
  }

  @Test
  void knowsNoTokenOfTheOtherKind() {
    Visits visits = new Visits(server);
    String replace = token();
    String upload = visits.token();
    Answer first = visits.redeem(Visits.jpeg(replace));
    assertThat(first.status()).isEqualTo(404);
    assertThat(first.text()).contains("not valid");
    Answer second = redeem(png(upload));
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.text()).contains("not valid");
    assertThat(redeem(png(upload).field("format", "json")).json().get("message").getAsString())
        .isEqualTo("This replace token is not known.");
    Answer update =
        site.call("photo/update-upload-token", "upload_token", replace, "title", "Forged");
    assertThat(update.xml("/response/@code")).isEqualTo("invalid_upload_token");
    assertThat(visits.redeem(Visits.jpeg(upload)).status()).isEqualTo(301);
    assertThat(redeem(png(replace)).status()).isEqualTo(301);
  }

  @Test
  void isClosedOnceItsPhotoHasBeenDeleted() {
    String token = token("max_uploads", "2");
    redeem(png(token));
    site.call("photo/delete", "photo_id", id);
    assertThat(location(redeem(png(token)))).contains("error_code=no_such_photo");
    assertThat(redeemUnread(token).json().get("code").getAsString()).isEqualTo("no_such_photo");
    Multipart fileFirst =
        new Multipart().file("file", "c.png", "image/png", PNG).field("replace_token", token);
    assertThat(location(redeem(fileFirst))).contains("error_code=no_such_photo");
    Answer status = site.visit("upload-token/status", "upload_token", token);
    assertThat(status.xml("/response/state")).isEqualTo("photo_deleted");
    assertThat(status.xml("/response/uploads_left")).isEqualTo("0");
    assertThat(site.listed("upload-token/list", "uploadtokens", "state")).contains("photo_deleted");
    Answer page = ApiClient.of(server).get("/upload/" + token);
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.text()).contains("There is nothing to replace any more");
  }

  /** The type of the file would be refused as soon as it is read. */
  private Answer redeemUnread(String token) {
    return redeem(
        new Multipart()
            .field("replace_token", token)
            .field("format", "json")
            .file("file", "b.exe", "image/png", new byte[100_000]));
  }

  @Test
  void tellsTheStateOfTheToken() {
    String token = token();
    Answer before = site.visit("upload-token/status", "upload_token", token);
    assertThat(before.xml("/response/state")).isEqualTo("valid");
    assertThat(before.xml("count(/response/photos/photo | /response/photo)")).isEqualTo("0");
    redeem(png(token));
    Answer after = site.visit("upload-token/status", "upload_token", token, "format", "json");
    JsonObject first = after.json().getAsJsonArray("photos").get(0).getAsJsonObject();
    assertThat(first.get("photo_id").getAsString()).isEqualTo(id);
    assertThat(site.listed("upload-token/list", "uploadtokens", "photo_id")).contains(id);
  }

  @ParameterizedTest
  @CsvSource({
    "photo_id, 999999999, no_such_photo, 404",
    "photo_id, x, invalid_input, 400",
    "return_url, nowhere, invalid_input, 400",
    "max_uploads, 11, invalid_input, 400",
  })
  void refusesToIssueForWhatIsNotValid(String name, String value, String code, int status) {
    Answer refused = ask(name, value);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.xml("/response/@code")).isEqualTo(code);
    assertThat(refused.xml("/response/@message")).contains(name);
  }

  @Test
  void asksForTheLevelWriteToIssueAndForAToken() {
    Answer denied = site.visit("photo/get-replace-token", "photo_id", id);
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@message")).contains("write");
    Answer none =
        redeem(new Multipart().field("format", "xml").file("file", "b.png", "image/png", PNG));
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.xml("/response/@message")).contains("'replace_token' is required");
  }
}
