package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;
import slipway.http.upload.form.Visits;

/** An album may be deleted while a token for it is out: what is uploaded then goes without it. */
@ParameterizedClass
@AnyContainer
class DeletedAlbumIT {
  private static final byte[] JPEG = SampleMedia.jpeg(20, 20);

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private Visits visits() {
    return new Visits(server());
  }

  private Catalogue catalogue() {
    return new Catalogue(server());
  }

  private String album() {
    return catalogue().make("album/create", "album_id", "title", Catalogue.unique("album"));
  }

  private void delete(String album) {
    assertThat(catalogue().call("album/delete", "album_id", album).status()).isEqualTo(200);
  }

  private void assertIsIn(String album, String photo) {
    assertThat(catalogue().listed("photo/list", "photos", "photo_id", "album_id", album))
        .isEqualTo(List.of(photo));
  }

  @Test
  void takesAForm() {
    String kept = album();
    String deleted = album();
    String token = visits().token("album_id", deleted + "," + kept);
    delete(deleted);
    Answer back = visits().redeem(Visits.jpeg(token));
    assertThat(back.locationParameters()).doesNotContainKey("error_message");
    assertIsIn(kept, back.locationParameters().get("photo_id"));
  }

  @Test
  void takesAFormOfWhichTheOnlyAlbumIsGone() {
    String deleted = album();
    String token = visits().token("album_id", deleted, "max_uploads", "2");
    assertThat(visits().redeem(Visits.jpeg(token)).locationParameters()).containsKey("photo_id");
    delete(deleted);
    assertThat(visits().redeem(Visits.jpeg(token)).locationParameters()).containsKey("photo_id");
  }

  @Test
  void takesAChunkWhoseDetailsNameTheAlbum() {
    String deleted = album();
    String token = visits().token();
    Map<String, String> change =
        Visits.map("upload_token", token, "resumableIdentifier", "c", "album_id", deleted);
    assertThat(ApiClient.of(server()).post("/api/photo/update-upload-token", change).status())
        .isEqualTo(200);
    delete(deleted);
    Answer answer =
        visits()
            .redeem(
                new Multipart()
                    .field("upload_token", token)
                    .field("resumableIdentifier", "c")
                    .field("resumableChunkNumber", "1")
                    .field("resumableChunkSize", Integer.toString(JPEG.length))
                    .field("resumableTotalSize", Integer.toString(JPEG.length))
                    .file("file", "a.jpg", "image/jpeg", JPEG));
    assertThat(answer.json().getAsJsonObject("upload").get("photo_id").getAsString()).isNotEmpty();
  }
}
