package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

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
import slipway.http.upload.form.Visits;

/** A part {@code file} without a filename, as a client sends that takes the file for a text. */
@ParameterizedClass
@AnyContainer
class NamelessFileIT {
  private static final String BYTES = "secret bytes ".repeat(10_000);

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  @Test
  void isToldToTheVisitorAndNotRepeated() {
    Visits visits = new Visits(server());
    String token = visits.token();
    Multipart form = new Multipart().field("upload_token", token).field("file", BYTES);
    Answer back = visits.redeem(form.field("note", "mine"));
    assertThat(back.locationParameters())
        .containsEntry("error_code", "no_file")
        .containsEntry("note", "mine")
        .doesNotContainKey("file")
        .hasEntrySatisfying(
            "error_message",
            message -> assertThat(message).contains("'file' came without a filename"));
    assertThat(back.toString()).doesNotContain("secret");
    Answer again = visits.redeem(Visits.jpeg(token).field("file", "a text beside the file"));
    assertThat(again.locationParameters()).containsKey("photo_id").doesNotContainKey("file");
  }

  @Test
  void isToldToTheServerThatSendsIt() {
    ApiClient api = ApiClient.withKey(server());
    Answer refused = api.post("/api/photo/upload", new Multipart().field("file", BYTES));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.xml("/response/@code")).isEqualTo("no_file");
    assertThat(refused.xml("/response/@message")).contains("'file' came without a filename");
    Multipart both =
        new Multipart()
            .field("file", "x")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20));
    assertThat(api.post("/api/photo/upload", both).status()).isEqualTo(200);
    assertThat(api.post("/api/photo/upload", Map.of("file", "x")).status()).isEqualTo(400);
  }
}
