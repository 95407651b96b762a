package slipway.http.uploadtoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.Server;

@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
class GetUploadTokenIT {
  private static final String METHOD = "/api/photo/get-upload-token";
  private static final String RETURN_URL = "http://www.example.com/upload/callback?theme=green";

  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.withKey(Server.shared(container));
  }

  private static Map<String, String> parameters(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", RETURN_URL);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return parameters;
  }

  private static List<String> names(NodeList nodes) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE) {
        names.add(nodes.item(i).getNodeName());
      }
    }
    return names;
  }

  private void assertRefused(Map<String, String> parameters, String... said) {
    Answer answer = api().post(METHOD, parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.xml("/response/@status")).isEqualTo("error");
    assertThat(answer.xml("/response/@permission_level")).isEqualTo("super");
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(answer.xml("/response/@message")).contains(said);
  }

  @Test
  void answersInXmlAsTheApiPageShows() {
    Answer answer =
        api()
            .post(
                METHOD,
                parameters(
                    "title", "A title for the new upload",
                    "description", "... and a prelimiary description",
                    "tags", "product:1234, testemonial"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("text/xml;charset=utf-8");
    assertThat(answer.text())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response status=\"ok\" ");
    assertThat(answer.xml("/response/@message")).isEqualTo("The upload token is ready to use");
    assertThat(answer.xml("/response/@cached")).isEqualTo("0");
    assertThat(names(answer.xml().getDocumentElement().getChildNodes()))
        .containsExactly(
            "upload_token",
            "title",
            "description",
            "publish",
            "tags",
            "user_id",
            "album_id",
            "max_uploads",
            "valid_minutes",
            "valid_until",
            "return_url");
    assertThat(answer.xml("/response/upload_token")).matches("[0-9a-f]{40}");
    assertThat(answer.xml("/response/title")).isEqualTo("A title for the new upload");
    assertThat(answer.xml("/response/tags")).isEqualTo("product:1234, testemonial");
    assertThat(answer.xml("/response/publish")).isEqualTo("1");
    assertThat(answer.xml("/response/max_uploads")).isEqualTo("1");
    assertThat(answer.xml("/response/valid_minutes")).isEqualTo("180");
    assertThat(answer.xml("/response/return_url")).isEqualTo(RETURN_URL);
    assertThat(Long.parseLong(answer.xml("/response/valid_until")))
        .isBetween(
            Instant.now().getEpochSecond() + 179 * 60, Instant.now().getEpochSecond() + 180 * 60);
  }

  @Test
  void answersInJsonAsTheApiPageShows() {
    Answer answer = api().post(METHOD, parameters("format", "json", "max_uploads", "3"));
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    JsonObject json = answer.json();
    assertThat(json.keySet())
        .containsExactlyInAnyOrder(
            "status",
            "message",
            "permission_level",
            "cached",
            "uploadtoken",
            "p",
            "size",
            "site",
            "endpoint");
    assertThat(json.get("endpoint").getAsString()).isEqualTo(METHOD);
    JsonObject token = json.getAsJsonObject("uploadtoken");
    assertThat(token.keySet())
        .containsExactlyInAnyOrder(
            "valid_minutes",
            "description",
            "upload_token",
            "max_uploads",
            "album_id",
            "return_url",
            "title",
            "valid_until",
            "publish",
            "tags",
            "user_id");
    assertThat(token.entrySet())
        .allSatisfy(field -> assertThat(((JsonPrimitive) field.getValue()).isString()).isTrue());
    assertThat(token.get("max_uploads").getAsString()).isEqualTo("3");
    assertThat(json.getAsJsonObject("site").keySet())
        .containsExactlyInAnyOrder("domain", "product_key", "site_id", "site_name");
  }

  @Test
  void takesItsParametersFromAQueryAndFromBothKindsOfForm() {
    Multipart multipart =
        new Multipart().field("return_url", RETURN_URL).field("title", "Sømand & søn");
    Map<String, String> parameters = parameters("title", "Sømand & søn");
    assertThat(
            List.of(
                api().get(METHOD, parameters),
                api().post(METHOD, parameters),
                api().post(METHOD, multipart)))
        .allSatisfy(answer -> assertThat(answer.xml("/response/title")).isEqualTo("Sømand & søn"));
  }

  @Test
  void doesNotReadTheQueryOfAPost() {
    Answer answer = api().post(METHOD + "?title=query", parameters("title", "body"));
    assertThat(answer.xml("/response/title")).isEqualTo("body");
    assertThat(
            api().post(METHOD + "?return_url=http://a.test/", Map.of()).xml("/response/@message"))
        .contains("return_url");
  }

  @Test
  void givesATokenOfItsOwnToEachCall() {
    String one = api().post(METHOD, parameters()).xml("/response/upload_token");
    assertThat(api().post(METHOD, parameters()).xml("/response/upload_token")).isNotEqualTo(one);
  }

  @Test
  void cleansTitleAndDescription() {
    Answer answer =
        api()
            .post(
                METHOD,
                parameters(
                    "title", "<b>Bold</b> title", "description", "<b>Bold</b> <script>x</script>"));
    assertThat(answer.xml("/response/title")).isEqualTo("Bold title");
    assertThat(answer.xml("/response/description")).isEqualTo("Bold");
    assertThat(
            api()
                .post(METHOD, parameters("description", "<p>Kept</p>"))
                .xml("/response/description"))
        .isEqualTo("<p>Kept</p>");
  }

  @Test
  void survivesCharactersThatXmlCannotHold() {
    String tags = "a\u0000b\u0007c\uFFFEd\uD83D\uDE00";
    assertThat(api().post(METHOD, parameters("tags", tags)).xml("/response/tags"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uD83D\uDE00");
    Answer json = api().post(METHOD, parameters("title", "</script>\u2028", "format", "json"));
    assertThat(json.text()).doesNotContain("</script>").doesNotContain("\u2028");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/relative",
        "www.example.com",
        "ftp://a.test/",
        "javascript:alert(1)",
        "http://",
        "http://a.test/\r\nSet-Cookie: x",
        "http://a.test/ space",
        "http://user:secret@a.test/",
        "http://a.test:65536/",
        "data:text/html,x",
      })
  void refusesAReturnUrlNobodyCanBeSentTo(String url) {
    assertRefused(Map.of("return_url", url), "return_url", "absolute http or https");
  }

  /** With the bound that holds, as the description of the API has it. */
  @Test
  void saysThatAReturnUrlIsRequired() {
    assertRefused(
        Map.of(),
        "return_url",
        "is required: an absolute http or https URL of at most 2600 characters, percent-encoded");
  }

  @ParameterizedTest
  @CsvSource({
    "valid_minutes, 14, from 15 to 1440",
    "valid_minutes, 1441, from 15 to 1440",
    "valid_minutes, soon, from 15 to 1440",
    "max_uploads, 0, from 1 to 10",
    "max_uploads, 11, from 1 to 10",
    "max_uploads, 1.5, from 1 to 10",
    "publish, 2, 0 or 1",
    "publish, true, 0 or 1",
    "album_id, x, number",
    "album_id, -1, number",
    "user_id, x, number",
    "format, yaml, xml or json",
  })
  void namesTheParameterAndWhatIsValid(String name, String value, String valid) {
    assertRefused(parameters(name, value), "'" + name + "'", valid);
  }

  @ParameterizedTest
  @CsvSource({"valid_minutes, 15", "valid_minutes, 1440", "max_uploads, 10", "publish, 0"})
  void takesValuesUpToTheirBounds(String name, String value) {
    assertThat(api().post(METHOD, parameters(name, value)).xml("/response/" + name))
        .isEqualTo(value);
  }

  @Test
  void refusesAnAlbumAndAUserThatAreNotThere() {
    Answer album = api().post(METHOD, parameters("album_id", "999999"));
    assertThat(album.status()).isEqualTo(404);
    assertThat(album.xml("/response/@code")).isEqualTo("no_such_album");
    Answer user = api().post(METHOD, parameters("user_id", "999999"));
    assertThat(user.status()).isEqualTo(404);
    assertThat(user.xml("/response/@code")).isEqualTo("no_such_user");
  }

  @Test
  void letsASuperCallerChooseTheOwnerOrNone() {
    assertThat(api().post(METHOD, parameters("user_id", "1")).xml("/response/user_id"))
        .isEqualTo("1");
    assertThat(api().post(METHOD, parameters()).xml("/response/user_id")).isEmpty();
  }

  @Test
  void refusesACallerWithoutAKeyAndNamesTheLevel() {
    Answer answer =
        ApiClient.of(Server.shared(container)).post(METHOD, parameters("format", "json"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("permission_denied");
    assertThat(answer.json().get("message").getAsString()).contains("required level: 'write'");
  }

  @Test
  void refusesAKeyThatIsNotKnown() {
    Answer answer = api().withKey("not-a-key").post(METHOD, parameters());
    assertThat(answer.status()).isBetween(401, 403);
    assertThat(answer.xml("/response/@code")).isEqualTo("permission_denied");
    assertThat(answer.text()).doesNotContain("not-a-key");
  }

  @Test
  void neverLetsAReplyBeStored() {
    assertThat(api().post(METHOD, parameters()).header("Cache-Control")).contains("no-store");
  }
}
