package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class RedeemUploadTokenIT {
  private static final String RETURN_URL = "http://www.example.com/back?theme=green#done";

  @Parameter Container container;

  private Server server() {
    return Server.shared(container);
  }

  private String token(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", RETURN_URL);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    Answer answer = Api.withKey(server()).post("/api/photo/get-upload-token", parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  private Answer redeem(Multipart form) {
    return Api.of(server()).post("/api/photo/redeem-upload-token", form);
  }

  private byte[] original(Answer back) {
    Map<String, String> said = back.locationParameters();
    String path = "/" + said.get("tree_id") + "/" + said.get("photo_id") + "/" + said.get("token");
    Answer original = Api.of(server()).get(path + "/original");
    assertThat(original.status()).isEqualTo(200);
    return original.body();
  }

  @Test
  void sendsTheVisitorBackWithThePhoto() {
    byte[] jpeg = SampleMedia.jpeg(40, 30);
    String token = token();
    Answer back =
        redeem(
            new Multipart()
                .field("upload_token", token)
                .file("file", "cat.jpg", "image/jpeg", jpeg));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.header("Cache-Control")).contains("no-store");
    assertThat(back.location().toString())
        .startsWith("http://www.example.com/back?theme=green&")
        .endsWith("#done");
    assertThat(back.locationParameters())
        .containsEntry("upload_token", token)
        .containsEntry("domain", "127.0.0.1:" + server().port())
        .containsKeys("photo_id", "tree_id", "token");
    assertThat(original(back)).isEqualTo(jpeg);
  }

  @Test
  void takesTheFileBeforeTheToken() {
    byte[] png = SampleMedia.png(20, 20);
    Answer back =
        redeem(
            new Multipart().file("file", "a.png", "image/png", png).field("upload_token", token()));
    assertThat(original(back)).isEqualTo(png);
  }
}
