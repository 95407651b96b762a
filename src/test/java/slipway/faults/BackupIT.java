package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** Back-up and restore in the docs' steps, while uploads come in. */
@Tag("faults")
class BackupIT {
  @TempDir Path copy;

  @Test
  void opensTheCopyOfARunningServersFolder() throws Exception {
    try (Server server = Server.on(Container.JETTY_12).start()) {
      Map<String, byte[]> before = new ConcurrentHashMap<>();
      String token = new TusClient(server).token("max_uploads", "2");
      upload(server, token, before);
      OAuthSigner signer = OAuthSigner.of(server, "write");
      AtomicBoolean over = new AtomicBoolean();
      Map<String, byte[]> meanwhile = new ConcurrentHashMap<>();
      CompletableFuture<Void> visitor =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  upload(server, new TusClient(server).token(), meanwhile);
                }
              });
      backUp(server.data());
      over.set(true);
      visitor.join();
      try (Server restored = Server.on(Container.JETTY_12).data(copy).start();
          DataFolder data = new DataFolder(copy)) {
        assertThat(data.kept()).containsExactlyInAnyOrderElementsOf(data.mediaKeys());
        ApiClient api = ApiClient.of(restored);
        before.forEach((path, jpeg) -> assertThat(api.get(path).body()).isEqualTo(jpeg));
        upload(restored, token, before);
        assertThat(issue(restored, signer)).isEqualTo(200);
        assertThat(api.withKey(server.key()).get("/api/credential/list").status()).isEqualTo(200);
      }
    }
  }

  private static void upload(Server server, String token, Map<String, byte[]> uploaded) {
    byte[] jpeg = SampleMedia.jpeg(40, 40);
    uploaded.put(new Sending.ByForm(server, token, jpeg).send(), jpeg);
  }

  private static int issue(Server server, OAuthSigner signer) {
    String path = "/api/photo/get-upload-token";
    Map<String, String> parameters = Map.of("return_url", "http://a.test/");
    String header = OAuthSigner.header(signer.sign("GET", server.uri(path).toString(), parameters));
    ApiClient api = ApiClient.of(server);
    return api.send(
            api.request(path + "?" + ApiClient.urlencoded(parameters))
                .header("Authorization", header)
                .GET())
        .status();
  }

  /** The database first, by SQLite's own back-up, and the media after it. */
  private void backUp(Path data) throws Exception {
    try (Connection running =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("slipway.db"));
        Statement statement = running.createStatement()) {
      statement.execute("backup to '" + copy.resolve("slipway.db") + "'");
    }
    Files.copy(data.resolve("oauth.key"), copy.resolve("oauth.key"));
    Path media = data.resolve("media");
    try (Stream<Path> folders = Files.list(media)) {
      for (Path folder : folders.filter(each -> !each.endsWith("incoming")).toList()) {
        copyAll(folder, copy.resolve(data.relativize(folder)));
      }
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.toList();
    }
    for (Path file : files) {
      copy(file, to.resolve(from.relativize(file)));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to);
      }
    } catch (NoSuchFileException e) {
      // Gone since it was listed, as rsync bears it, too.
    }
  }
}
