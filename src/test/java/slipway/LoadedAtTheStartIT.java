package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** Requests need no class that the start has not loaded, as loading it later could fail. */
class LoadedAtTheStartIT {
  private static final byte[] PNG = SampleMedia.png(30, 30);
  private static final Pattern LOADED =
      Pattern.compile("(?m)^(\\S+) source: \\S*/WEB-INF/(?:lib|classes)/\\S*$");

  @TempDir Path folder;

  @Tag("faults")
  @Test
  void loadsNoClassForRequests() throws IOException {
    Path log = folder.resolve("classes.log");
    try (Server server =
        Server.on(Container.TOMCAT_11)
            .jvm("-Xlog:class+load:file=" + log + ":none:filecount=0")
            .setting("slipway.rendition.threads", "0")
            .start()) {
      int atStart = Files.readString(log).length();
      assertThat(Files.readString(log))
          .as("what is for a database on a server only")
          .doesNotContain("\norg.postgresql.", "\ncom.zaxxer.", "\nslipway.db.postgres.");
      assertThat(Files.readString(log))
          .as("what is for a bucket only")
          .doesNotContain("\nsoftware.amazon.", "\nslipway.media.s3.");
      visit(server);
      List<String> later =
          LOADED
              .matcher(Files.readString(log).substring(atStart))
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(String.join("\n", later))
          .as("classes to be added to src/main/resources/slipway/libraries.txt")
          .isEmpty();
    }
  }

  @Test
  void namesOnlyClassesThatThereAre() throws IOException, ClassNotFoundException {
    List<String> names = Files.readAllLines(Path.of("src/main/resources/slipway/libraries.txt"));
    assertThat(names).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(100);
    for (String name : names) {
      Class.forName(name, false, LoadedAtTheStartIT.class.getClassLoader());
    }
  }

  private static void visit(Server server) {
    ApiClient visitor = ApiClient.of(server);
    ApiClient site = ApiClient.withKey(server);
    TusClient tus = new TusClient(server);
    String token = tus.token("max_uploads", "3", "title", "A <b>title</b>", "tags", "a b");
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", PNG);
    Answer back = visitor.post("/api/photo/redeem-upload-token", form);
    assertThat(back.locationParameters()).containsKey("photo_id");
    assertThat(visitor.get(back.returnedPath()).status()).isEqualTo(200);
    assertThat(tus.patch(tus.created(token, PNG.length), 0, PNG).status()).isEqualTo(204);
    Answer chunk =
        visitor.post(
            "/api/photo/redeem-upload-token",
            new Multipart()
                .field("upload_token", token)
                .field("resumableIdentifier", "a")
                .field("resumableTotalSize", Integer.toString(PNG.length))
                .field("resumableChunkNumber", "1")
                .field("resumableChunkSize", Integer.toString(PNG.length))
                .file("file", "a.png", "image/png", PNG));
    assertThat(chunk.status()).as(chunk.text()).isEqualTo(200);
    for (String path :
        List.of(
            "/api/site/get",
            "/api/photo/list?format=json&search=title",
            "/api/photo/list?p=x",
            "/api/album/list",
            "/api/tag/list",
            "/api/user/list",
            "/",
            "/photo/1",
            "/upload/" + tus.token(),
            "/no/such/page",
            "/health/ready",
            "/metrics")) {
      assertThat(site.get(path).status()).as(path).isBetween(200, 404);
    }
    String photo = back.locationParameters().get("photo_id");
    Map<String, String> change = Map.of("photo_id", photo, "title", "Other", "tags", "c");
    assertThat(site.post("/api/photo/update", change).status()).isEqualTo(200);
    assertThat(site.post("/api/photo/delete", Map.of("photo_id", photo)).status()).isEqualTo(200);
  }
}
