package slipway.http.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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

@ParameterizedClass
@AnyContainer
class SubtitleIT {
  private static final String SRT =
      "1\r\n00:00:02,414 --> 00:00:09,294\r\n<i>Hej</i> <script>x</script> & så\r\nto\r\n";

  /**
   * Of each container, without subtitles, for tests that leave it there: programs look at each
   * video.
   */
  private static final Map<Container, JsonObject> VIDEOS = new EnumMap<>(Container.class);

  @Parameter Container container;
  private Catalogue site;
  private JsonObject video;

  @BeforeEach
  void begin() {
    site = new Catalogue(Server.shared(container));
    video = VIDEOS.computeIfAbsent(container, any -> site.video("publish", "1"));
  }

  @AfterEach
  void removeAll() {
    String shared = id(VIDEOS.get(container));
    for (String locale :
        site.visited("photo/subtitle/list", "subtitles", "locale", "photo_id", shared)) {
      String[] one = {"photo_id", shared, "locale", locale};
      assertThat(site.call("photo/subtitle/remove", one).status()).isEqualTo(200);
    }
  }

  private ApiClient owner() {
    return ApiClient.withKey(site.server());
  }

  private ApiClient visitor() {
    return ApiClient.of(site.server());
  }

  private static String id(JsonObject video) {
    return video.get("photo_id").getAsString();
  }

  private static String token(JsonObject video) {
    return video.get("token").getAsString();
  }

  private String folder() {
    return "/" + video.get("tree_id").getAsString() + "/" + id(video) + "/" + token(video) + "/";
  }

  private Answer upload(ApiClient by, String file, String... fields) {
    Multipart form = new Multipart().field("photo_id", id(video));
    map(fields).forEach(form::field);
    // A name and type that tell nothing.
    form.file("file", "a.html", "text/html", file.getBytes(StandardCharsets.UTF_8));
    return by.post("/api/photo/subtitle/upload", form);
  }

  private void uploaded(String locale, String... more) {
    String[] fields = Arrays.copyOf(more, more.length + 2);
    fields[more.length] = "locale";
    fields[more.length + 1] = locale;
    Answer answer = upload(owner(), SRT, fields);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Answer call(ApiClient by, String method, String... more) {
    Map<String, String> parameters = map("photo_id", id(video));
    parameters.putAll(map(more));
    return by.get("/api/photo/subtitle/" + method, parameters);
  }

  @Test
  void listsAndGivesWhatWasUploaded() {
    Answer added = upload(owner(), SRT, "locale", "da-dk");
    assertThat(added.xml("/response/@message")).isEqualTo("The subtitles were uploaded");
    assertThat(added.xml("/response/locale")).isEqualTo("da_DK");
    assertThat(added.xml("/response/cues")).isEqualTo("1");
    uploaded("en_US", "default_p", "1", "draft_p", "0");

    Answer list = call(visitor(), "list");
    assertThat(list.xml("/response/@total_count")).isEqualTo("2");
    assertThat(list.xml("/response/subtitles[1]/@locale")).isEqualTo("da_DK");
    assertThat(list.xml("/response/subtitles[1]/@language")).isEqualTo("Danish (Denmark)");
    assertThat(list.xml("/response/subtitles[1]/@default_p")).isEqualTo("0");
    assertThat(list.xml("/response/subtitles[1]/@href"))
        .isEqualTo(folder() + "subtitles.da_DK.websrt");
    JsonObject second =
        call(visitor(), "list", "format", "json", "subtitle_format", "vtt", "stripped_p", "1")
            .json()
            .getAsJsonArray("subtitles")
            .get(1)
            .getAsJsonObject();
    assertThat(second.get("default_p").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(second.get("default_p").getAsInt()).isEqualTo(1);
    assertThat(second.get("href").getAsString())
        .isEqualTo(folder() + "subtitles.en_US.stripped.vtt");

    assertThat(call(visitor(), "data", "locale", "da_DK").xml("/response/websrt"))
        .isEqualTo("1\n00:00:02,414 --> 00:00:09,294\n<i>Hej</i> x &amp; så\nto\n");
    JsonObject data = call(visitor(), "data", "subtitle_format", "json", "format", "json").json();
    JsonObject cue =
        JsonParser.parseString(data.getAsJsonObject("data").get("json").getAsString())
            .getAsJsonObject()
            .getAsJsonArray("subtitles")
            .get(0)
            .getAsJsonObject();
    assertThat(cue.get("timestamp_begin").getAsDouble()).isEqualTo(2.414);
    assertThat(cue.get("timestamp_end").getAsDouble()).isEqualTo(9.294);
    assertThat(cue.getAsJsonArray("text").get(0).getAsString()).isEqualTo("<i>Hej</i> x &amp; så");
    assertThat(call(visitor(), "data", "subtitle_format", "vtt").xml("/response/vtt"))
        .startsWith("WEBVTT\n");
    JsonObject photo =
        visitor()
            .get("/api/photo/list", map("photo_id", id(video), "format", "json"))
            .json()
            .getAsJsonObject("photo");
    assertThat(photo.get("subtitles_p").getAsInt()).isEqualTo(1);
  }

  @Test
  void servesThemAsWhatTheyAre() {
    uploaded("da");
    Answer vtt = visitor().get(folder() + "subtitles.da.vtt");
    assertThat(vtt.status()).isEqualTo(200);
    assertThat(vtt.header("Content-Type").orElseThrow().replace(" ", ""))
        .isEqualToIgnoringCase("text/vtt;charset=utf-8");
    assertThat(vtt.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(vtt.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(vtt.header("Content-Security-Policy").orElseThrow()).startsWith("sandbox;");
    assertThat(vtt.text())
        .isEqualTo("WEBVTT\n\n00:00:02.414 --> 00:00:09.294\n<i>Hej</i> x &amp; så\nto\n");
    assertThat(visitor().get(folder() + "subtitles.da.stripped.vtt").text())
        .contains("\nHej x &amp; så\n");
    assertThat(visitor().get(folder() + "subtitles.da.websrt").header("Content-Type").orElseThrow())
        .startsWith("application/x-subrip");
    assertThat(visitor().get(folder() + "subtitles.da.json").json().getAsJsonArray("subtitles"))
        .hasSize(1);

    String etag = vtt.header("ETag").orElseThrow();
    ApiClient again = visitor();
    Answer known =
        again.send(
            again.request(folder() + "subtitles.da.vtt").header("If-None-Match", etag).GET());
    assertThat(known.status()).isEqualTo(304);
    upload(owner(), SRT.replace("Hej", "Hov"), "locale", "da");
    assertThat(visitor().get(folder() + "subtitles.da.vtt").header("ETag").orElseThrow())
        .isNotEqualTo(etag);

    for (String wrong :
        new String[] {"subtitles.en.vtt", "subtitles.xx.vtt", "subtitles.da.html"}) {
      assertThat(visitor().get(folder() + wrong).status()).as(wrong).isEqualTo(404);
    }
    String foreign = folder().replace(token(video), "a".repeat(32));
    assertThat(visitor().get(foreign + "subtitles.da.vtt").status()).isEqualTo(404);
  }

  @Test
  void showsThemOnTheVideosPage() {
    uploaded("da");
    uploaded("en_US", "default_p", "1");
    String page = visitor().get("/photo/" + id(video)).text();
    assertThat(page)
        .contains(
            "<track kind=\"subtitles\" src=\""
                + folder()
                + "subtitles.da.vtt\" srclang=\"da\" label=\"Dansk\">",
            "srclang=\"en-US\" label=\"English (United States)\" default>");
    String photo = site.photo();
    assertThat(visitor().get("/photo/" + photo).text()).doesNotContain("<track");
  }

  @Test
  void hasOneOfEachLanguageAndOneDefault() {
    uploaded("da", "default_p", "1");
    uploaded("en", "default_p", "1");
    uploaded("en");
    assertThat(call(visitor(), "list").xml("/response/subtitles[@default_p='1']/@locale"))
        .isEqualTo("en");
    assertThat(call(visitor(), "list").xml("count(/response/subtitles)")).isEqualTo("2");
    uploaded("da", "default_p", "0");
    assertThat(call(visitor(), "list").xml("/response/subtitles[@default_p='1']/@locale"))
        .isEqualTo("en");
    uploaded("en", "default_p", "0");
    assertThat(call(visitor(), "list").xml("count(/response/subtitles[@default_p='1'])"))
        .isEqualTo("0");

    String[] which = {"photo_id", id(video), "locale", "en"};
    assertThat(site.call("photo/subtitle/remove", which).status()).isEqualTo(200);
    assertThat(call(visitor(), "list").xml("/response/subtitles/@locale")).isEqualTo("da");
    site.assertRefused("no_such_subtitle", 404, "photo/subtitle/remove", which);
    site.assertRefused("no_such_subtitle", 404, "photo/subtitle/data", which);
  }

  @Test
  void isNotReadWhileAPictureIsInThePlaceOfTheVideo() {
    video = site.video("publish", "1");
    uploaded("da");
    Multipart picture =
        new Multipart()
            .field("photo_id", id(video))
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(9, 9));
    String token =
        site.make(
            "photo/get-replace-token",
            "replace_token",
            "photo_id",
            id(video),
            "return_url",
            "https://example.com/");
    Answer replaced =
        visitor()
            .post(
                "/api/photo/redeem-replace-token?x=1",
                picture.field("replace_token", token).field("format", "json"));
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(call(visitor(), "list").xml("/response/@total_count")).isEqualTo("0");
    assertThat(call(visitor(), "data", "locale", "da").xml("/response/@code"))
        .isEqualTo("no_such_subtitle");
    assertThat(site.visit("photo/list", "photo_id", id(video)).xml("/response/photo/@subtitles_p"))
        .isEqualTo("0");
  }

  @Test
  void knowsALanguageByItsFormerCode() {
    uploaded("iw");
    uploaded("he");
    assertThat(call(visitor(), "list").xml("/response/subtitles/@locale")).isEqualTo("he");
    assertThat(call(visitor(), "data", "locale", "iw").status()).isEqualTo(200);
  }

  @Test
  void goesWithItsPhoto() {
    video = site.video("publish", "1");
    uploaded("da");
    site.call("photo/delete", "photo_id", id(video));
    assertThat(visitor().get(folder() + "subtitles.da.vtt").status()).isEqualTo(404);
    site.assertRefused("no_such_photo", 404, "photo/subtitle/list", "photo_id", id(video));
    assertThat(upload(owner(), SRT, "locale", "da").xml("/response/@code"))
        .isEqualTo("no_such_photo");
  }

  @Test
  void asksForTheTokenOfWhatThePublicDoesNotSee() {
    video = site.video("publish", "0");
    uploaded("da");
    for (String method : new String[] {"list", "data"}) {
      Answer refused = call(visitor(), method);
      assertThat(refused.xml("/response/@code")).isEqualTo("token_required");
      assertThat(refused.xml("/response/@message")).contains("give its token");
      assertThat(call(visitor(), method, "token", token(video)).status()).isEqualTo(200);
      assertThat(call(visitor(), method, "token", "wrong").xml("/response/@code"))
          .isEqualTo("invalid_photo_token");
      assertThat(call(site.caller("read"), method).status()).isEqualTo(200);
    }
  }

  @Test
  void isChangedByLevelWriteOnly() {
    for (String level : new String[] {"read", "write"}) {
      assertThat(upload(site.caller(level), SRT, "locale", "da").status())
          .isEqualTo(level.equals("read") ? 403 : 200);
    }
    Answer none = upload(visitor(), SRT, "locale", "da");
    assertThat(none.xml("/response/@code")).isEqualTo("permission_denied");
    assertThat(none.xml("/response/@permission_level")).isEqualTo("anonymous");
    assertThat(none.xml("/response/@message")).contains("'write'");
    assertThat(call(site.caller("read"), "remove", "locale", "da").status()).isEqualTo(403);
    assertThat(call(site.caller("write"), "remove", "locale", "da").status()).isEqualTo(200);
  }

  @Test
  void refusesFilesThatAreNoneAndSaysWhy() {
    for (String[] wrong :
        new String[][] {
          {"<html><script>alert(1)</script>", "error_processing_upload", "Line 1 has no times"},
          {"WEBVTT\n", "error_processing_upload", "no cue"},
          {"1\n00:00:03,000 --> 00:00:02,000\nx", "error_processing_upload", "Line 2"},
          {"", "no_file", "empty"},
          {"x".repeat(1 << 20) + "x", "too_large", "1048576 bytes"}
        }) {
      Answer answer = upload(owner(), wrong[0], "locale", "da", "format", "json");
      assertThat(answer.json().get("code").getAsString()).isEqualTo(wrong[1]);
      assertThat(answer.json().get("message").getAsString()).contains(wrong[2]);
    }
    Multipart none = new Multipart().field("photo_id", id(video)).field("locale", "da");
    assertThat(owner().post("/api/photo/subtitle/upload", none).xml("/response/@code"))
        .isEqualTo("no_file");
    assertThat(call(visitor(), "list").xml("/response/@total_count")).isEqualTo("0");
  }

  @Test
  void refusesParametersThatAreNotValid() {
    for (String[] wrong :
        new String[][] {
          {"locale", "xx"},
          {"locale", "da<script>"},
          {"locale", "da", "type", "audiodescriptions"},
          {"locale", "da", "draft_p", "1"},
          {"locale", "da", "default_p", "yes"},
          {"default_p", "1"}
        }) {
      Answer answer = upload(owner(), SRT, wrong);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      String named = wrong.length == 2 ? "locale" : wrong[2];
      assertThat(answer.xml("/response/@message")).contains("'" + named + "'");
    }
    assertThat(call(visitor(), "list", "expire", "5").xml("/response/@message"))
        .contains("'expire' is not supported");
    assertThat(call(visitor(), "data", "subtitle_format", "ttml").xml("/response/@message"))
        .contains("websrt, json or vtt");
    assertThat(call(visitor(), "data").xml("/response/@code")).isEqualTo("no_such_subtitle");
    assertThat(owner().get("/api/photo/subtitle/upload").status()).isEqualTo(405);
    video = site.upload();
    assertThat(upload(owner(), SRT, "locale", "da").xml("/response/@message"))
        .contains("'photo_id' must be the number of a video");
  }

  @Test
  void boundsTheLanguagesOfAPhoto() {
    video = site.video("publish", "1");
    String[] all = Locale.getISOLanguages();
    for (int i = 0; i < 50; i++) {
      uploaded(all[i]);
    }
    Answer more = upload(owner(), SRT, "locale", all[50]);
    assertThat(more.xml("/response/@message")).contains("50 languages");
    uploaded(all[7]);
  }
}
