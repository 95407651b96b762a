package slipway.http.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.upload.form.Visits.REDEEM;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;
import slipway.http.upload.form.Visits;

/** The bytes with which the platform's .NET library sends a file, to each door that takes forms. */
class DotNetUploadIT {
  private static final String BOUNDARY = "ca7262b8-eb6d-4add-b657-c482a63bb886";
  private static final String END = "--" + BOUNDARY + "--\r\n";

  /** The library's form, a picture of 40 x 30 pixels and a title, with one field more. */
  private static Answer send(ApiClient client, String path, String name, String value)
      throws IOException {
    String form;
    try (var bytes = DotNetUploadIT.class.getResourceAsStream("dotnet-file-disposition.bin")) {
      form = new String(bytes.readAllBytes(), ISO_8859_1);
    }
    assertThat(form).startsWith("--" + BOUNDARY + "\r\nContent-Disposition: file;").endsWith(END);
    String field =
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"")
            + ("\r\n\r\n" + value + "\r\n");
    String whole = form.substring(0, form.length() - END.length()) + field + END;
    return client.post(
        path,
        "multipart/form-data; boundary=" + BOUNDARY,
        BodyPublishers.ofByteArray(whole.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @AnyContainer
  void isTakenAsAnUpload(Container container) throws IOException {
    Server server = Server.shared(container);
    Answer answer = send(ApiClient.withKey(server), "/api/photo/upload", "publish", "1");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    String id = answer.xml("/response/photo_id");
    Answer list = new Catalogue(server).visit("photo/list", "photo_id", id);
    assertThat(list.xml("/response/photo/@title")).isEqualTo("Up");
    assertThat(list.xml("/response/photo/@original_type")).isEqualTo("image/png");
  }

  @ParameterizedTest
  @AnyContainer
  void isTakenInPlaceOfAFile(Container container) throws IOException {
    Server server = Server.shared(container);
    String id = new Catalogue(server).photo();
    Answer answer = send(ApiClient.withKey(server), "/api/photo/replace", "photo_id", id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.xml("/response/photo_id")).isEqualTo(id);
  }

  @ParameterizedTest
  @AnyContainer
  void isTakenWithAToken(Container container) throws IOException {
    Server server = Server.shared(container);
    String token = new Visits(server).token();
    Answer answer = send(ApiClient.of(server), REDEEM, "upload_token", token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.locationParameters()).containsKeys("photo_id", "tree_id", "token");
  }
}
