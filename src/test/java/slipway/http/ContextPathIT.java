package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SharedServers;

/** A web application that is not its server's root. */
class ContextPathIT {
  private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"([^\"#]+)\"");

  @ParameterizedTest
  @AnyContainer
  void keepsEverythingBelowItsPath(Container container) {
    Server server = SharedServers.branded(container);
    ApiClient api = ApiClient.withKey(server);
    Answer album = api.post("/api/album/create", Map.of("title", "Summer"));
    String token =
        api.post(
                "/api/photo/get-upload-token",
                Map.of(
                    "return_url",
                    server.uri("/try/callback").toString(),
                    "album_id",
                    album.xml("/response/album_id"),
                    "tags",
                    "sea",
                    "max_uploads",
                    "2"))
            .xml("/response/upload_token");
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(40, 30));
    Answer back = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    isThere(server, back.location().getRawPath());

    String photo = back.locationParameters().get("photo_id");
    Answer photos = api.get("/api/photo/list?photo_id=" + photo);
    isThere(server, photos.xml("/response/photo/@original_download"));
    String page = photos.xml("/response/photo/@one");
    assertThat(page).isEqualTo("/media/photo/" + photo);
    isThere(server, api.get("/api/album/list").xml("/response/album/@one"));
    isThere(server, api.get("/api/tag/list").xml("/response/tag/@url"));
    for (String path : List.of("/", "/photo/" + photo, "/try", "/console", "/upload/" + token)) {
      List<String> links = links(isThere(server, "/media" + path));
      assertThat(links).isNotEmpty();
      links.forEach(link -> isThere(server, link));
    }
    JsonObject described = api.get("/api/openapi.json").json();
    assertThat(described.getAsJsonArray("servers").get(0).getAsJsonObject().get("url"))
        .hasToString("\"" + server.uri("") + "\"");
    assertThat(root(server).get("/photo/" + photo).status()).isEqualTo(404);
  }

  private static ApiClient root(Server server) {
    return ApiClient.of(server).below("/");
  }

  private static Answer isThere(Server server, String path) {
    assertThat(path).startsWith("/media/");
    Answer answer = root(server).get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer;
  }

  /** Where a page leads on this server, except for what takes forms. */
  private static List<String> links(Answer page) {
    return LINK.matcher(page.text())
        .results()
        .map((MatchResult link) -> link.group(1).replace("&amp;", "&"))
        .filter(link -> link.startsWith("/") && !link.contains("/api/"))
        .distinct()
        .toList();
  }
}
