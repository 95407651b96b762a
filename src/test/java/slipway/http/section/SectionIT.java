package slipway.http.section;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.http.Catalogue.map;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;
import slipway.http.Catalogue;

@ParameterizedClass
@AnyContainer
class SectionIT {
  private static final String LIST = "photo/section/list";
  private static final String CREATE = "photo/section/create";
  private static final String UPDATE = "photo/section/update";
  private static final String DELETE = "photo/section/delete";

  /**
   * Of each container, without sections, for tests that leave it there: programs look at each
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
  void deleteAll() {
    video = VIDEOS.get(container);
    for (String section : site.visited(LIST, "sections", "section_id", "photo_id", id())) {
      Answer deleted = call(owner(), DELETE, "section_id", section);
      assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }
  }

  private ApiClient owner() {
    return ApiClient.withKey(site.server());
  }

  private ApiClient visitor() {
    return ApiClient.of(site.server());
  }

  private String id() {
    return video.get("photo_id").getAsString();
  }

  private String token() {
    return video.get("token").getAsString();
  }

  private String folder() {
    return "/" + video.get("tree_id").getAsString() + "/" + id() + "/" + token() + "/";
  }

  private Answer call(ApiClient by, String method, String... more) {
    Map<String, String> parameters = map("photo_id", id());
    parameters.putAll(map(more));
    return by.post("/api/" + method, parameters);
  }

  private String section(String start, String title) {
    Answer answer = call(owner(), CREATE, "start_time", start, "title", title);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/section_id");
  }

  private Answer thumbnail(ApiClient by, String section, byte[] file) {
    return by.post(
        "/api/photo/section/set-thumbnail",
        new Multipart()
            .field("photo_id", id())
            .field("section_id", section)
            .file("file", "a.jpg", "image/jpeg", file));
  }

  @Test
  void listsSectionsByWhereTheyBegin() {
    String wind = section("180", "Wind");
    Answer created =
        call(
            owner(),
            CREATE,
            "title",
            "<i>Earth</i> & <script>x</script>sea",
            "description",
            "<b onclick=x>Dry</b>",
            "format",
            "json");
    JsonObject earth = created.json().getAsJsonObject("section");
    assertThat(earth.get("start_time").getAsString()).isEqualTo("0");
    assertThat(earth.get("title").getAsString()).isEqualTo("Earth & sea");
    assertThat(earth.get("description").getAsString()).isEqualTo("<b>Dry</b>");
    section("40.250", "Water");

    Answer list = call(visitor(), LIST);
    assertThat(list.xml("/response/@total_count")).isEqualTo("3");
    assertThat(list.xml("/response/section[1]/@title")).isEqualTo("Earth & sea");
    assertThat(list.xml("/response/section[1]/@description_text")).isEqualTo("Dry");
    assertThat(list.xml("/response/section[2]/@start_time")).isEqualTo("40.25");
    assertThat(list.xml("/response/section[3]/@section_id")).isEqualTo(wind);
    assertThat(list.xml("/response/section[3]/@link"))
        .isEqualTo("/photo/" + id() + "#section-" + wind);
    assertThat(list.xml("/response/section[3]/@thumbnail_download"))
        .isEqualTo("/api/photo/frame?photo_id=" + id() + "&token=" + token() + "&time=180");
    assertThat(site.visited(LIST, "sections", "start_time", "photo_id", id()))
        .containsExactly("0", "40.25", "180");
    assertThat(
            visitor()
                .get("/api/photo/list", map("photo_id", id(), "format", "json"))
                .json()
                .getAsJsonObject("photo")
                .get("sections_p")
                .getAsInt())
        .isEqualTo(1);
  }

  @Test
  void changesWhatIsGivenAndDeletes() {
    String section = section("5", "First");
    call(owner(), UPDATE, "section_id", section, "description", "more");
    Answer moved = call(owner(), UPDATE, "section_id", section, "start_time", "7.5");
    assertThat(moved.xml("/response/@message")).isEqualTo("The section was updated");
    Answer list = call(visitor(), LIST);
    assertThat(list.xml("/response/section/@start_time")).isEqualTo("7.5");
    assertThat(list.xml("/response/section/@title")).isEqualTo("First");
    assertThat(list.xml("/response/section/@description")).isEqualTo("more");
    call(owner(), UPDATE, "section_id", section, "title", "Second", "description", "");
    assertThat(call(visitor(), LIST).xml("/response/section/@title")).isEqualTo("Second");
    assertThat(call(visitor(), LIST).xml("/response/section/@description")).isEmpty();

    String other = site.photo();
    for (String method : new String[] {UPDATE, DELETE}) {
      site.assertRefused(
          "no_such_section", 404, method, "photo_id", other, "section_id", section, "title", "x");
    }
    JsonObject deleted = call(owner(), DELETE, "section_id", section, "format", "json").json();
    assertThat(deleted.getAsJsonObject("section").keySet()).isEmpty();
    site.assertRefused("no_such_section", 404, DELETE, "photo_id", id(), "section_id", section);
    assertThat(call(visitor(), LIST).xml("/response/@total_count")).isEqualTo("0");
  }

  @Test
  void showsThemOnTheVideosPage() {
    String section = section("3661", "<Wind> & \"sea\"");
    String page = visitor().get("/photo/" + id()).text();
    assertThat(page)
        .contains("id=\"section-" + section + "\"", "data-start=\"3661\"", "1:01:01", "&amp;");
    assertThat(page).doesNotContain("<Wind>");
  }

  @Test
  void servesThumbnailsOfTheirOwn() throws IOException {
    video = site.video("publish", "1");
    String section = section("1", "One");
    Answer set = thumbnail(owner(), section, SampleMedia.jpeg(900, 600));
    assertThat(set.xml("/response/@message"))
        .as(set.text())
        .isEqualTo("The thumbnail for the section was changed");
    String address = call(visitor(), LIST).xml("/response/section/@thumbnail_download");
    assertThat(address).isEqualTo(folder() + "section-" + section);
    Answer picture = visitor().get(address);
    assertThat(picture.header("Content-Type")).contains("image/jpeg");
    assertThat(picture.header("X-Content-Type-Options")).contains("nosniff");
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(picture.body()));
    assertThat(shown.getWidth()).isEqualTo(600);
    assertThat(visitor().get(address.replace(token(), "a".repeat(32))).status()).isEqualTo(404);

    for (byte[] wrong :
        new byte[][] {
          "<html>".getBytes(StandardCharsets.UTF_8),
          new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}
        }) {
      Answer refused = thumbnail(owner(), section, wrong);
      assertThat(refused.xml("/response/@code")).isEqualTo("error_processing_upload");
      assertThat(refused.status()).isEqualTo(415);
    }
    assertThat(visitor().get(address).body()).isEqualTo(picture.body());
    assertThat(thumbnail(site.caller("read"), section, SampleMedia.jpeg(9, 9)).status())
        .isEqualTo(403);
    assertThat(thumbnail(owner(), "999999", SampleMedia.jpeg(9, 9)).xml("/response/@code"))
        .isEqualTo("no_such_section");
    call(owner(), "photo/delete");
    assertThat(visitor().get(address).status()).isEqualTo(404);
  }

  @Test
  void asksForTheTokenOfWhatThePublicDoesNotSee() {
    video = site.video("publish", "0");
    String section = section("0", "Hidden");
    assertThat(call(visitor(), LIST).xml("/response/@code")).isEqualTo("token_required");
    Answer known = call(visitor(), LIST, "token", token());
    assertThat(known.xml("/response/section/@link"))
        .isEqualTo("/photo/" + id() + "/" + token() + "#section-" + section);
    assertThat(call(visitor(), LIST, "token", "x").xml("/response/@code"))
        .isEqualTo("invalid_photo_token");
    assertThat(call(site.caller("read"), LIST).status()).isEqualTo(200);
    for (String method : new String[] {CREATE, UPDATE, DELETE}) {
      assertThat(
              call(
                      site.caller("read"),
                      method,
                      "title",
                      "x",
                      "section_id",
                      section,
                      "token",
                      token())
                  .status())
          .as(method)
          .isEqualTo(403);
    }
    assertThat(call(site.caller("write"), DELETE, "section_id", section).status()).isEqualTo(200);
  }

  @Test
  void leavesOutWhatIsBehindTheEndOfAnotherFile() throws IOException {
    video = site.video("publish", "1");
    Tool.require("ffprobe");
    String first = section("1", "In it");
    String late = section("180", "Behind the end");
    thumbnail(owner(), late, SampleMedia.jpeg(9, 9));
    Multipart shorter =
        new Multipart()
            .field("photo_id", id())
            .file("file", "b.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    assertThat(owner().post("/api/photo/replace", shorter).status()).isEqualTo(200);
    Await.until(
        "the video's length",
        () -> call(visitor(), LIST).xml("/response/@total_count").equals("1"));
    assertThat(call(visitor(), LIST).xml("/response/section/@section_id")).isEqualTo(first);
    assertThat(visitor().get("/photo/" + id()).text()).doesNotContain("Behind the end");
    String tree = call(visitor(), "photo/list").xml("/response/photo/@tree_id");
    String address = "/" + tree + "/" + id() + "/" + token() + "/section-" + late;
    assertThat(visitor().get(address).status()).isEqualTo(404);
    Answer changed = call(owner(), UPDATE, "section_id", late, "start_time", "1.5");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(call(visitor(), LIST).xml("/response/@total_count")).isEqualTo("2");
    assertThat(visitor().get(address).status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNotValid() {
    for (String[] wrong :
        new String[][] {
          {"title", "<b></b>"},
          {"title", "x".repeat(201)},
          {"description", "x".repeat(5_001)},
          {"start_time", "-1"},
          {"start_time", "1e3"},
          {"start_time", "1:30"},
          {"start_time", "9999999"},
          {"start_time", "99999999999999999999"}
        }) {
      Map<String, String> parameters = map("title", "x");
      parameters.putAll(map(wrong));
      Answer answer =
          call(
              owner(),
              CREATE,
              parameters.entrySet().stream()
                  .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                  .toArray(String[]::new));
      assertThat(answer.status()).as(wrong[1]).isEqualTo(400);
      assertThat(answer.xml("/response/@message")).contains("'" + wrong[0] + "'");
    }
    assertThat(call(owner(), CREATE).xml("/response/@message"))
        .startsWith("The parameter 'title' is required");
    site.assertRefused("invalid_input", 400, CREATE, "photo_id", site.photo(), "title", "x");
    site.assertRefused("no_such_photo", 404, CREATE, "photo_id", "999999", "title", "x");
    site.assertRefused("no_such_photo", 404, LIST, "photo_id", "999999");
    assertThat(call(visitor(), LIST, "expire", "1").xml("/response/@message"))
        .contains("'expire' is not supported");
  }

  @Test
  void boundsTheSectionsOfAVideo() {
    video = site.video("publish", "1");
    for (int i = 0; i < 100; i++) {
      section(Integer.toString(i), "Section " + i);
    }
    Answer more = call(owner(), CREATE, "title", "x");
    assertThat(more.xml("/response/@message")).contains("100 sections");
  }
}
