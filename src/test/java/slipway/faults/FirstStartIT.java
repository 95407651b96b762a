package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;
import slipway.http.uploadtoken.ReturnHosts;

/**
 * What the first start writes is on the disk before anything depends on it, and one can begin with
 * it.
 */
class FirstStartIT {
  private static final String KEY_FILE = "initial-key.txt";

  @Test
  void flushesFilesAndTheirFoldersBeforeTheDatabaseDependsOnThem() throws Exception {
    List<String> flushed = FaultyServer.get().flushed();
    Path data = FaultyServer.get().server().data().toRealPath();
    assertThat(Files.readString(data.resolve(KEY_FILE))).startsWith("slp_");
    for (String key : new String[] {"oauth.key", KEY_FILE}) {
      int file = flushed.indexOf(data.resolve(key + ".part").toString());
      int name = after(flushed, file, data.toString());
      assertThat(file).as("flush of %s in %s", key, flushed).isNotNegative();
      // The credential, or a secret closed with the key, is committed after that.
      assertThat(after(flushed, name, data.resolve("slipway.db-wal").toString())).isPositive();
    }
    Path parent = data.getParent();
    assertThat(flushed)
        .contains(parent.getParent().toString(), parent.toString())
        .contains(data.resolve("media").toString());
    assertThat(flushed.indexOf(data.toString()))
        .isLessThan(flushed.indexOf(data.resolve("slipway.db-wal").toString()));
  }

  /** Where the next flush of that path is; -1 where there is none. */
  private static int after(List<String> flushed, int index, String path) {
    for (int i = Math.max(0, index); i < flushed.size(); i++) {
      if (flushed.get(i).equals(path)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void makesAKeyForItsOwnerAloneAndKeepsTheLastOfItsLevel() throws IOException {
    Server server = FaultyServer.get().server();
    Path file = server.data().resolve(KEY_FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String key = Files.readString(file).strip();
    assertThat(server.log()).contains(file.toString()).doesNotContain(key);
    Answer refused =
        ApiClient.of(server)
            .withKey(key)
            .post("/api/credential/revoke", Map.of("credential_id", "1"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.xml("/response/@message")).contains("last credential of level super");
  }

  @Test
  void takesReturnUrlsOnAllowedHostsOnly() {
    ReturnHosts.areThoseAllowed(ApiClient.withKey(FaultyServer.get().server()));
  }

  @Tag("faults")
  @Test
  void doesNotStartWithAKeyThatMayNotBeOnTheDisk(@TempDir Path folder) throws Exception {
    Path data = folder.toRealPath();
    Faults faults = Faults.none();
    for (String key : List.of("oauth.key", KEY_FILE)) {
      faults.loseFlush("*/" + key + ".part", 1);
      assertThatThrownBy(() -> server(data, faults).start())
          .hasMessageContaining("Slipway could not start");
      assertThat(data.resolve(key)).doesNotExist();
      faults.end();
    }
    try (Server server = server(data, faults).start()) {
      String first = Files.readString(data.resolve(KEY_FILE)).strip();
      Map<String, String> parameters = Map.of("return_url", "http://a.test/");
      ApiClient api = ApiClient.of(server).withKey(first);
      assertThat(api.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(200);
    }
  }

  private static Server.Builder server(Path data, Faults faults) {
    return Server.on(Container.JETTY_12)
        .data(data)
        .faults(faults)
        .setting("slipway.auth.initial-key", "");
  }
}
