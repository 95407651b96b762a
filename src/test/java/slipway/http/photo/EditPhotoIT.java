package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.unique;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
class EditPhotoIT {
  @Parameter Container container;

  private Catalogue site() {
    return new Catalogue(Server.shared(container));
  }

  private static String original(JsonObject upload) {
    return "/"
        + upload.get("tree_id").getAsString()
        + "/"
        + upload.get("photo_id").getAsString()
        + "/"
        + upload.get("token").getAsString()
        + "/original";
  }

  private Answer post(String method, Multipart form) {
    return ApiClient.withKey(site().server()).post("/api/" + method, form);
  }

  @Test
  void uploadsAFileWithItsDataInXmlAndJson() {
    byte[] picture = SampleMedia.jpeg(40, 30);
    Multipart form =
        new Multipart().file("file", "a.jpg", "image/jpeg", picture).field("title", "After it");
    Answer xml = post("photo/upload", form);
    assertThat(xml.status()).as(xml.text()).isEqualTo(200);
    assertThat(xml.xml("/response/@permission_level")).isEqualTo("super");
    String id = xml.xml("/response/photo_id");
    assertThat(site().visited("photo/list", "photos", "title", "photo_id", id))
        .containsExactly("After it");
    JsonObject json = site().upload("title", "Before it");
    assertThat(json.get("token").getAsString()).matches("[A-Za-z0-9]{32}");
    String path = "/" + xml.xml("/response/tree_id") + "/" + id + "/" + xml.xml("/response/token");
    assertThat(ApiClient.of(site().server()).get(path + "/original").body()).isEqualTo(picture);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo/upload", "photo/replace"})
  void refusesUploadsThatAreNone(String method) {
    String id = site().photo();
    Multipart empty = new Multipart().field("photo_id", id).field("format", "json");
    Answer noFile = post(method, empty);
    assertThat(noFile.status()).isEqualTo(400);
    assertThat(noFile.json().get("code").getAsString()).isEqualTo("no_file");
    byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
    Answer noPicture =
        post(
            method,
            new Multipart().field("photo_id", id).file("file", "a.jpg", "image/jpeg", text));
    assertThat(noPicture.status()).isEqualTo(415);
    assertThat(noPicture.xml("/response/@code")).isEqualTo("error_processing_upload");
    Answer anonymous =
        ApiClient.of(site().server())
            .post(
                "/api/" + method,
                new Multipart()
                    .field("photo_id", id)
                    .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9)));
    assertThat(anonymous.status()).isEqualTo(403);
    assertThat(anonymous.xml("/response/@code")).isEqualTo("permission_denied");
    ApiClient key = ApiClient.withKey(site().server());
    Answer put = key.send(key.request("/api/" + method).PUT(BodyPublishers.noBody()));
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.xml("/response/@code")).isEqualTo("method_not_allowed");
  }

  @Test
  void refusesAnUploadForUsersAndAlbumsThatAreNotThere() {
    for (String name : new String[] {"user_id", "album_id"}) {
      Answer refused =
          post(
              "photo/upload",
              new Multipart()
                  .field(name, "999999999")
                  .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9)));
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.xml("/response/@code")).isEqualTo("no_such_" + name.replace("_id", ""));
    }
  }

  @Test
  void updatesWhatIsGivenAndLeavesTheRest() {
    String tag = unique("t");
    String word = unique("w");
    String album = site().make("album/create", "album_id", "title", "One");
    String id = site().photo("title", "Old " + word, "description", "Stays", "tags", tag);
    Answer updated =
        site().call("photo/update", "photo_id", id, "title", "<i>New</i>", "album_id", album);
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    Answer list = site().visit("photo/list", "photo_id", id);
    assertThat(list.xml("/response/photo/@title")).isEqualTo("New");
    assertThat(list.xml("/response/photo/content")).isEqualTo("Stays");
    assertThat(list.xml("/response/photo/@tags")).isEqualTo(tag);
    assertThat(list.xml("/response/photo/@album_id")).isEqualTo(album);
    assertThat(site().visited("photo/list", "photos", "photo_id", "search", word)).isEmpty();
    String other = unique("t");
    Answer json =
        site()
            .call("photo/update", "photo_id", id, "tags", other, "album_id", "", "format", "json");
    assertThat(json.json().get("status").getAsString()).isEqualTo("ok");
    assertThat(site().visited("photo/list", "photos", "photo_id", "tags", tag)).isEmpty();
    assertThat(site().visited("photo/list", "photos", "photo_id", "tags", other))
        .containsExactly(id);
    assertThat(site().visited("photo/list", "photos", "album_id", "photo_id", id))
        .containsExactly("");
    site().call("photo/update", "photo_id", id, "published_p", "0");
    assertThat(site().visited("photo/list", "photos", "photo_id", "tags", other)).isEmpty();
  }

  @Test
  void deletesThePhotoAndItsFile() {
    JsonObject upload = site().upload();
    String id = upload.get("photo_id").getAsString();
    ApiClient visitor = ApiClient.of(site().server());
    assertThat(visitor.get(original(upload)).status()).isEqualTo(200);
    Answer deleted = site().call("photo/delete", "photo_id", id, "format", "json");
    assertThat(deleted.json().get("status").getAsString()).isEqualTo("ok");
    assertThat(visitor.get(original(upload)).status()).isEqualTo(404);
    site().assertRefused("no_such_photo", 404, "photo/delete", "photo_id", id);
    site().assertRefused("no_such_photo", 404, "photo/list", "photo_id", id);
  }

  @Test
  void replacesTheFileAndKeepsNumberTokenAndText() {
    JsonObject upload = site().upload("title", "Kept");
    String id = upload.get("photo_id").getAsString();
    byte[] png = SampleMedia.png(20, 10);
    Answer replaced =
        post(
            "photo/replace",
            new Multipart()
                .file("file", "b.png", "image/png", png)
                .field("photo_id", id)
                .field("format", "json"));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(replaced.json().getAsJsonObject("photo").get("token"))
        .isEqualTo(upload.get("token"));
    Answer list = site().visit("photo/list", "photo_id", id);
    assertThat(list.xml("/response/photo/@title")).isEqualTo("Kept");
    assertThat(list.xml("/response/photo/@original_type")).isEqualTo("image/png");
    Answer file = ApiClient.of(site().server()).get(list.xml("/response/photo/@original_download"));
    assertThat(file.body()).isEqualTo(png);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo/update", "photo/delete"})
  void refusesPhotosThatAreNotThereAndCallersWithoutAKey(String method) {
    site().assertRefused("no_such_photo", 404, method, "photo_id", "999999999");
    site().assertRefused("invalid_input", 400, method);
    Answer denied = site().visit(method, "photo_id", "1");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.xml("/response/@code")).isEqualTo("permission_denied");
  }

  @Test
  void refusesToReplaceAPhotoThatIsNotThere() {
    Answer refused =
        post(
            "photo/replace",
            new Multipart()
                .field("photo_id", "999999999")
                .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9)));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.xml("/response/@code")).isEqualTo("no_such_photo");
  }

  @Test
  void refusesAnAlbumThatIsNotThereAndChangesNothing() {
    String id = site().photo("title", "As it was");
    site()
        .assertRefused(
            "no_such_album", 404, "photo/update", "photo_id", id, "album_id", "999999999");
    assertThat(site().visited("photo/list", "photos", "title", "photo_id", id))
        .containsExactly("As it was");
  }
}
