package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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

/** A web application that is not its server's root. */
class ContextPathIT {
  private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"([^\"#]+)\"");

  @ParameterizedTest
  @AnyContainer
  void keepsEverythingBelowItsPath(Container container) {
    try (Server server = Server.on(container).jvm("-Dharness.context-path=/media").start()) {
      ApiClient api = ApiClient.withKey(server);
      Answer album = api.post("/media/api/album/create", Map.of("title", "Summer"));
      String token =
          api.post(
                  "/media/api/photo/get-upload-token",
                  Map.of(
                      "return_url",
                      server.uri("/media/try/callback").toString(),
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
      Answer back = ApiClient.of(server).post("/media/api/photo/redeem-upload-token", form);
      isThere(server, URI.create(back.header("Location").orElseThrow()).getRawPath());

      Answer photos = api.get("/media/api/photo/list");
      isThere(server, photos.xml("/response/photo/@original_download"));
      isThere(server, photos.xml("/response/photo/@one"));
      isThere(server, api.get("/media/api/album/list").xml("/response/album/@one"));
      isThere(server, api.get("/media/api/tag/list").xml("/response/tag/@url"));
      for (String page : List.of("/", "/photo/1", "/try", "/console", "/upload/" + token)) {
        List<String> links = links(isThere(server, "/media" + page));
        assertThat(links).isNotEmpty();
        links.forEach(link -> isThere(server, link));
      }
      assertThat(api.get("/photo/1").status()).isEqualTo(404);
    }
  }

  private static Answer isThere(Server server, String path) {
    assertThat(path).startsWith("/media/");
    Answer answer = ApiClient.of(server).get(path);
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
