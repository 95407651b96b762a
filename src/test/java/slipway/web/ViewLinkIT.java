package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import slipway.photo.viewlink.ViewLinks;
import slipway.secret.SecretBox;
import slipway.secret.Signer;

@ParameterizedClass
@AnyContainer
class ViewLinkIT {
  private static final Pattern FILE = Pattern.compile("(?:src|href|poster)=\"(/view/[^\"]+)\"");

  @Parameter Container container;

  private ApiClient owner() {
    return ApiClient.withKey(Server.shared(container));
  }

  private Answer get(String path) {
    return ApiClient.of(Server.shared(container)).get(path);
  }

  private Answer photo(String... more) {
    Multipart form = new Multipart().field("title", "Not yet");
    for (int i = 0; i < more.length; i += 2) {
      form.field(more[i], more[i + 1]);
    }
    return owner()
        .post(
            "/api/photo/upload",
            form.file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(40, 30)));
  }

  private static String id(Answer photo) {
    return photo.xml("/response/photo_id");
  }

  private String album(String title) {
    return owner()
        .post("/api/album/create", Map.of("title", title, "hide_p", "1"))
        .xml("/response/album_id");
  }

  private Answer made(String kind, String id, String... more) {
    Map<String, String> asked = new HashMap<>(Map.of(kind + "_id", id));
    for (int i = 0; i < more.length; i += 2) {
      asked.put(more[i], more[i + 1]);
    }
    return owner().post("/api/" + kind + "/get-view-link", asked);
  }

  private String link(String kind, String id, String... more) {
    return URI.create(made(kind, id, more).xml("/response/url")).getPath();
  }

  private static List<String> files(Answer page) {
    List<String> files = new ArrayList<>();
    Matcher file = FILE.matcher(page.text());
    while (file.find()) {
      files.add(file.group(1));
    }
    return files;
  }

  private static void isKeptByNobody(Answer answer) {
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("X-Robots-Tag")).contains("noindex, noarchive");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void showsAnUnpublishedPhotoWithoutItsToken() {
    Answer photo = photo("publish", "0");
    String token = photo.xml("/response/token");
    Answer made = made("photo", id(photo), "valid_minutes", "90");
    long minutes =
        (Long.parseLong(made.xml("/response/valid_until")) - System.currentTimeMillis() / 1000)
            / 60;
    assertThat(minutes).isBetween(80L, 90L);
    String link = URI.create(made.xml("/response/url")).getPath();
    Await.until("pictures", () -> !get(link).text().contains("data-making"));
    Answer page = get(link);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("Not yet", "noindex", "Anyone with this link can see it until")
        .doesNotContain(token, "/original", "og:title", "canonical");
    isKeptByNobody(page);
    assertThat(files(page)).isNotEmpty();
    for (String path : files(page)) {
      Answer file = get(path);
      assertThat(file.status()).as(path).isEqualTo(200);
      assertThat(file.header("Content-Type")).contains("image/jpeg");
      assertThat(file.header("Cross-Origin-Resource-Policy")).contains("same-origin");
      isKeptByNobody(file);
    }
    assertThat(get("/photo/" + id(photo)).status()).isEqualTo(404);
  }

  @Test
  void givesTheOriginalWhereItIsToldTo() {
    String photo = id(photo("publish", "0"));
    String without = link("photo", photo) + "/" + photo + "/original";
    assertThat(get(without).status()).isEqualTo(404);
    String with = link("photo", photo, "original_p", "1");
    Answer original = get(with + "/" + photo + "/original");
    assertThat(original.status()).isEqualTo(200);
    isKeptByNobody(original);
    assertThat(get(with).text()).contains("/" + photo + "/original?v=");
  }

  @Test
  void playsAVideoThatHasNoOtherVersion() throws IOException {
    Multipart form =
        new Multipart()
            .field("publish", "0")
            .file("file", "a.mp4", "video/mp4", Files.readAllBytes(SampleMedia.mp4()));
    String video = id(owner().post("/api/photo/upload", form));
    Answer page = get(link("photo", video));
    assertThat(page.text()).contains("<video");
    String played = page.text().replaceAll("(?s).*<video[^>]* src=\"([^\"]*)\".*", "$1");
    assertThat(played).startsWith("/view/");
    ApiClient visitor = ApiClient.of(Server.shared(container));
    Answer part = visitor.send(visitor.request(played).header("Range", "bytes=0-99").GET());
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).hasSize(100);
    isKeptByNobody(part);
  }

  @Test
  void showsAnAlbumWithWhatIsNotPublishedInItAndNothingElse() {
    String album = album("For the client");
    String published = id(photo("publish", "1", "album_id", album));
    String hidden = id(photo("publish", "0", "album_id", album));
    String other = id(photo("publish", "0"));
    String link = link("album", album);
    Answer page = get(link);
    isKeptByNobody(page);
    assertThat(page.text())
        .contains("For the client", "noindex", "2 photos and videos")
        .contains("href=\"" + link + "/" + published + "\"", "href=\"" + link + "/" + hidden + "\"")
        .doesNotContain("/feed", "/zip", "canonical");
    for (String path : files(page)) {
      assertThat(get(path).status()).as(path).isEqualTo(200);
    }
    Answer one = get(link + "/" + hidden);
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.text()).contains("href=\"" + link + "\"");
    isKeptByNobody(one);
    for (String none : List.of("", "/large", "/original")) {
      assertThat(get(link + "/" + other + none).status()).isEqualTo(404);
    }
    assertThat(get(link + "/" + hidden + "/no-such").status()).isEqualTo(404);
    owner().post("/api/album/delete", Map.of("album_id", album));
    assertThat(get(link).status()).isEqualTo(404);
    assertThat(get(link + "/" + hidden + "/large").status()).isEqualTo(404);
  }

  @Test
  void endsWithThePhoto() {
    String photo = id(photo("publish", "0"));
    String link = link("photo", photo);
    assertThat(get(link).status()).isEqualTo(200);
    owner().post("/api/photo/delete", Map.of("photo_id", photo));
    assertThat(get(link).status()).isEqualTo(404);
    assertThat(get(link + "/" + photo + "/large").status()).isEqualTo(404);
  }

  @Test
  void cannotBeMadeToShowOrGiveMoreOrLast() {
    String photo = id(photo("publish", "0"));
    String other = id(photo("publish", "0"));
    String link = link("photo", photo);
    String until = link.replaceAll("/view/photo-\\d+-(\\d+)-.*", "$1");
    String later = Long.toString(Long.parseLong(until) + 1);
    String signature = link.substring(link.length() - 43);
    byte[] changed = Base64.getUrlDecoder().decode(signature);
    changed[0] ^= 1;
    String wrong = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
    for (String forged :
        List.of(
            link.replace("-" + until + "-", "-" + later + "-"),
            link.replace("photo-" + photo + "-", "photo-" + other + "-"),
            link.replace("photo-", "album-"),
            link.replace("-" + until + "-0-", "-" + until + "-1-"),
            link.replace(signature, wrong),
            link.replace(signature, ""),
            link + "A",
            "/view/x")) {
      assertThat(get(forged).status()).as(forged).isEqualTo(404);
      assertThat(get(forged + "/" + photo + "/large").status()).as(forged).isEqualTo(404);
    }
    assertThat(get("/view/").status()).isEqualTo(404);
    assertThat(get(link + "/" + other + "/large").status()).isEqualTo(404);
    assertThat(get(link + "/" + photo + "/large").status()).isEqualTo(200);
  }

  /** Made here as another node would make it, with the key alone. */
  @Test
  void showsNothingOnceItHasEnded() throws IOException {
    Answer photo = photo("publish", "0");
    long now = System.currentTimeMillis() / 1000;
    assertThat(get(signed(photo, now + 3600)).status()).isEqualTo(200);
    for (long past : new long[] {0, now - 3600}) {
      String link = signed(photo, past);
      Answer page = get(link);
      assertThat(page.status()).isEqualTo(410);
      assertThat(page.text()).contains("This link has ended").doesNotContain("Not yet");
      isKeptByNobody(page);
      assertThat(get(link + "/" + id(photo) + "/large").status()).isEqualTo(410);
    }
  }

  private String signed(Answer photo, long until) throws IOException {
    String said = "photo-" + id(photo) + "-" + until + "-0";
    Path file = Server.shared(container).data().resolve("oauth.key");
    SecretBox box =
        Files.exists(file)
            ? SecretBox.open(file)
            : SecretBox.of("0123456789abcdef".repeat(4), "that of tests");
    Signer signer = box.signer(ViewLinks.PURPOSE);
    return "/view/" + said + "-" + signer.sign(said + "-" + photo.xml("/response/token"));
  }

  @Test
  void lastsNinetyDaysAtMost() {
    String photo = id(photo());
    for (String minutes : List.of("0", "129601")) {
      Answer refused = made("photo", photo, "valid_minutes", minutes);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.xml("/response/@message")).contains("valid_minutes");
    }
    assertThat(made("photo", photo, "valid_minutes", "129600").status()).isEqualTo(200);
    assertThat(made("photo", "999999").xml("/response/@code")).isEqualTo("no_such_photo");
    assertThat(made("album", "999999").xml("/response/@code")).isEqualTo("no_such_album");
  }
}
