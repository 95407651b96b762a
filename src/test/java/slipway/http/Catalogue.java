package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Calls the methods on photos, albums, users and tags, and asks for the same in XML and JSON. */
public record Catalogue(Server server) {
  /** A name that no other test uses. */
  public static String unique(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "");
  }

  /** The answer to a method called with the super key. */
  public Answer call(String method, String... parameters) {
    return ApiClient.withKey(server).post("/api/" + method, map(parameters));
  }

  /** The answer to a method called without a key. */
  public Answer visit(String method, String... parameters) {
    return ApiClient.of(server).get("/api/" + method, map(parameters));
  }

  /** Makes something, and gives the number it has in the reply. */
  public String make(String method, String number, String... parameters) {
    Answer answer = call(method, parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/" + number);
  }

  /** A caller with a new key of that level. */
  public ApiClient caller(String level) {
    return ApiClient.of(server)
        .withKey(make("credential/create", "key", "name", "a test", "level", level));
  }

  /** Uploads a picture of 40 x 30 pixels and gives the reply's upload. */
  public JsonObject upload(String... parameters) {
    return upload(form(parameters).file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(40, 30)));
  }

  /** Uploads a video that has no picture and gives the reply's upload. */
  public JsonObject video(String... parameters) {
    return upload(form(parameters).file("file", "a.mp4", "video/mp4", SampleMedia.bareMp4(500)));
  }

  private static Multipart form(String... parameters) {
    Multipart form = new Multipart().field("format", "json");
    map(parameters).forEach(form::field);
    return form;
  }

  private JsonObject upload(Multipart form) {
    Answer answer = ApiClient.withKey(server).post("/api/photo/upload", form);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getAsJsonObject("upload");
  }

  /** Uploads a picture and gives its number. */
  public String photo(String... parameters) {
    return upload(parameters).get("photo_id").getAsString();
  }

  /** One field of every object of a list, as a visitor without a key gets it. */
  public List<String> visited(String method, String payload, String field, String... parameters) {
    Map<String, String> all = map(parameters);
    all.put("format", "json");
    return values(ApiClient.of(server).get("/api/" + method, all), payload, field);
  }

  /** One field of every object of a list, as the super key gets it. */
  public List<String> listed(String method, String payload, String field, String... parameters) {
    Map<String, String> all = map(parameters);
    all.put("format", "json");
    return values(ApiClient.withKey(server).get("/api/" + method, all), payload, field);
  }

  private static List<String> values(Answer answer, String payload, String field) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonArray list = answer.json().getAsJsonArray(payload);
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.getAsJsonObject().get(field).getAsString())
        .toList();
  }

  /** Asserts that an answer, in XML and in JSON, is an error of that code and status. */
  public void assertRefused(String code, int status, String method, String... parameters) {
    Answer xml = call(method, parameters);
    assertThat(xml.status()).as(xml.text()).isEqualTo(status);
    assertThat(xml.xml("/response/@code")).isEqualTo(code);
    Map<String, String> all = map(parameters);
    all.put("format", "json");
    Answer json = ApiClient.withKey(server).post("/api/" + method, all);
    assertThat(json.status()).isEqualTo(status);
    assertThat(json.json().get("code").getAsString()).isEqualTo(code);
  }

  /** A map of names and values in turn. */
  public static Map<String, String> map(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
