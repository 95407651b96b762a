package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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

/** In which form the doors of servers answer callers whose forms they need not read. */
@ParameterizedClass
@AnyContainer
class DeniedUploadIT {
  private static final List<String> DOORS =
      List.of(
          "/api/photo/upload",
          "/api/photo/replace",
          "/api/photo/subtitle/upload",
          "/api/photo/section/set-thumbnail");

  @Parameter Container container;
  private ApiClient reader;

  @BeforeEach
  void makeKey() {
    Server server = Server.shared(container);
    String key =
        new Catalogue(server).make("credential/create", "key", "name", "reader", "level", "read");
    reader = ApiClient.of(server).withKey(key);
  }

  private static Multipart file(Multipart form) {
    return form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9));
  }

  private static void isDenied(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("permission_denied");
  }

  @Test
  void isThatOfTheFormsFirstFields() {
    for (String door : DOORS) {
      isDenied(reader.post(door, file(new Multipart().field("format", "json"))), 403);
      isDenied(
          reader
              .withKey("unknown")
              .post(door, file(new Multipart().field("photo_id", "1").field("format", "json"))),
          401);
    }
  }

  @Test
  void isThatOfTheQuery() {
    for (String door : DOORS) {
      isDenied(reader.post(door + "?format=json", file(new Multipart())), 403);
    }
    isDenied(reader.get("/api/photo/replace", map("format", "json")), 403);
    Answer put =
        reader.send(
            reader.request(DOORS.get(0) + "?format=json").PUT(BodyPublishers.ofString("x")));
    assertThat(put.json().get("code").getAsString()).isEqualTo("method_not_allowed");
  }

  @Test
  void isXmlWhereItIsSaidBehindTheFileOnly() {
    Answer answer = reader.post(DOORS.get(0), file(new Multipart()).field("format", "json"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.xml("/response/@code")).isEqualTo("permission_denied");
  }
}
