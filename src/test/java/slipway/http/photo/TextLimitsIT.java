package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

class TextLimitsIT {
  /** One character, of two UTF-16 units. */
  private static final String ONE = "\uD835\uDD38";

  private final Catalogue site = new Catalogue(Server.shared(Container.JETTY_12));

  /** What a method must have besides the parameter that is tried. */
  private Map<String, String> required(String method) {
    return switch (method) {
      case "photo/get-upload-token" -> Catalogue.map("return_url", "http://a.test/");
      case "photo/get-replace-token" ->
          Catalogue.map("return_url", "http://a.test/", "photo_id", site.photo());
      case "photo/update-upload-token" -> Catalogue.map("upload_token", token());
      case "photo/update" -> Catalogue.map("photo_id", site.photo());
      case "album/create" -> Catalogue.map("title", "An album");
      case "album/update" ->
          Catalogue.map("album_id", site.make("album/create", "album_id", "title", "An album"));
      case "user/create" -> Catalogue.map("username", Catalogue.unique("u"));
      case "credential/create" -> Catalogue.map("name", "A key", "level", "read");
      case "webhook/create" -> Catalogue.map("url", "http://a.test/");
      default -> new LinkedHashMap<>();
    };
  }

  private String token() {
    return site.make("photo/get-upload-token", "upload_token", "return_url", "http://a.test/");
  }

  private Answer call(String method, String format, String parameter, String value) {
    Map<String, String> all = required(method);
    all.put(parameter, value);
    all.put("format", format);
    ApiClient api = ApiClient.withKey(site.server());
    if (!method.equals("photo/upload")) {
      return api.post("/api/" + method, all);
    }
    Multipart form = new Multipart();
    all.forEach(form::field);
    return api.post(
        "/api/" + method, form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(4, 3)));
  }

  private void assertTaken(String method, String parameter, String value) {
    Answer answer = call(method, "xml", parameter, value);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void assertTooLong(String method, String parameter, String value, String valid) {
    String message = "The parameter '" + parameter + "' must be " + valid + ".";
    Answer xml = call(method, "xml", parameter, value);
    assertThat(xml.status()).as(method + " " + xml.text()).isEqualTo(400);
    assertThat(xml.xml("/response/@code")).isEqualTo("invalid_input");
    assertThat(xml.xml("/response/@message")).isEqualTo(message);
    Answer json = call(method, "json", parameter, value);
    assertThat(json.status()).isEqualTo(400);
    assertThat(json.json().get("code").getAsString()).isEqualTo("invalid_input");
    assertThat(json.json().get("message").getAsString()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "photo/get-upload-token, title, 500",
    "photo/get-upload-token, description, 20000",
    "photo/update-upload-token, title, 500",
    "photo/update-upload-token, description, 20000",
    "photo/update-upload-token, resumableIdentifier, 1024",
    "photo/update, title, 500",
    "photo/update, description, 20000",
    "photo/upload, title, 500",
    "photo/upload, description, 20000",
    "album/create, title, 500",
    "album/create, description, 20000",
    "album/update, title, 500",
    "album/update, description, 20000",
    "user/create, display_name, 200",
    "user/create, full_name, 200",
    "credential/create, name, 200",
    "photo/list, search, 200",
    "album/list, search, 200",
    "user/list, search, 200",
    "tag/list, search, 100",
  })
  void takesATextUpToItsLimit(String method, String parameter, int most) {
    // The field of a form with a file has a bound of its own, in bytes.
    String one = method.equals("photo/upload") ? "é" : ONE;
    assertTaken(method, parameter, one.repeat(most));
    String valid = "at most " + most + " characters";
    assertTooLong(method, parameter, one.repeat(most + 1), valid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photo/get-upload-token",
        "photo/update-upload-token",
        "photo/update",
        "photo/upload"
      })
  void takesSoManyTagsOfSuchALength(String method) {
    String valid = "at most 100 tags of at most 100 characters each";
    assertTaken(method, "tags", tags(100) + " " + tags(100));
    assertTooLong(method, "tags", tags(101), valid);
    assertTaken(method, "tags", "\"" + ONE.repeat(50) + " " + ONE.repeat(49) + "\"");
    assertTooLong(method, "tags", ONE.repeat(101), valid);
    assertTooLong(method, "tags", tags(1000).repeat(4), valid);
  }

  private static String tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
  }

  @Test
  void countsATitleAsItIsKept() {
    String bold = "<b>".repeat(300) + "&amp;".repeat(400);
    assertTaken("photo/update", "title", bold);
    assertTooLong("photo/update", "title", "&amp;".repeat(501), "at most 500 characters");
    assertTooLong(
        "photo/update", "title", "<b>".repeat(1667), "at most 5000 characters, HTML tags included");
  }

  @Test
  void countsADescriptionAsItIsSentAndAsItIsKept() {
    assertTaken("photo/update", "description", "<b>" + "&".repeat(3900) + "</b>");
    assertTooLong(
        "photo/update",
        "description",
        "<b>" + "&".repeat(4000) + "</b>",
        "at most 20000 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "photo/list, album_id, 0",
    "photo/update, album_id, 2400",
    "photo/get-upload-token, album_id, 2400",
    "photo/get-upload-token, accept, 8000",
    "photo/get-upload-token, allowed_origin, 300",
    "photo/get-upload-token, return_url, 4000",
    "photo/get-upload-token, absolute_url, 4000",
    "photo/get-replace-token, allowed_origin, 300",
    "photo/get-replace-token, accept, 8000",
    "webhook/create, types, 500",
    "webhook/create, url, 4000",
    "credential/create, pingback_url, 4000",
    "credential/create, name, 200",
    "user/create, username, 100",
    "user/create, email, 254",
    "user/get, username, 100",
    "tag/related, tag, 100",
    "event/get, event_id, 100",
    "event/replay, event_id, 100",
  })
  void refusesWhatIsTooLongToBeOne(String method, String parameter, int most) {
    for (int length : new int[] {most + 1, 100_000}) {
      Answer answer = call(method, "xml", parameter, "a".repeat(length));
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.xml("/response/@code")).isEqualTo("invalid_input");
      assertThat(answer.xml("/response/@message")).contains("'" + parameter + "'");
    }
  }

  @Test
  void knowsNoTokenOfSuchALength() {
    Answer answer = site.visit("upload-token/status", "upload_token", "a".repeat(7000));
    assertThat(answer.xml("/response/@code")).isEqualTo("invalid_upload_token");
  }

  @Test
  void takesSoManyTagsToListBy() {
    String valid = "at most 20 tags of at most 100 characters each";
    assertTaken("photo/list", "tags", tags(20));
    assertTooLong("photo/list", "tags", tags(21), valid);
    assertTooLong("photo/list", "tags", "a".repeat(101), valid);
  }

  @Test
  void keepsJsonLegibleAndSafe() {
    Answer answer = call("echo", "json", "a", "<".repeat(300_000));
    assertThat(answer.json().getAsJsonObject("echo").get("a").getAsString()).hasSize(300_000);
  }
}
