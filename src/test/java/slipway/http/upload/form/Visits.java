package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** What most tests of upload tokens begin with: a site that issues, a visitor that redeems. */
public record Visits(Server server) {
  public static final String ISSUE = "/api/photo/get-upload-token";
  public static final String REDEEM = "/api/photo/redeem-upload-token";
  public static final String RETURN_URL = "http://www.example.com/back?theme=green";

  /** A map of names and values in turn. */
  public static Map<String, String> map(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** The answer to a get-upload-token with these parameters and a return_url. */
  public Answer ask(String... parameters) {
    Map<String, String> all = map("return_url", RETURN_URL);
    all.putAll(map(parameters));
    return ApiClient.withKey(server).post(ISSUE, all);
  }

  /** A token with these parameters. */
  public String token(String... parameters) {
    Answer answer = ask(parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  /** A form with a token and a fresh picture. */
  public static Multipart jpeg(String token) {
    return new Multipart()
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(20, 20));
  }

  public Answer redeem(Multipart form) {
    return ApiClient.of(server).post(REDEEM, form);
  }
}
