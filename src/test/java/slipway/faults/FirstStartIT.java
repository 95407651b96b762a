package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Faults;
import slipway.harness.Server;

/** What the first start writes is on the disk before anything depends on it. */
class FirstStartIT {
  private static final String DATA = "new/data";

  private static Server.Builder server(Path data, Faults faults) {
    return Server.on(Container.JETTY_12)
        .data(data)
        .faults(faults)
        .setting("slipway.auth.initial-key", "");
  }

  @Test
  void flushesFilesAndTheirFoldersBeforeTheDatabaseDependsOnThem(@TempDir Path folder)
      throws Exception {
    Path data = folder.toRealPath().resolve(DATA);
    // They fail in nothing, but are reported.
    Faults faults = Faults.none().stallFlush(folder.toRealPath() + "*", 100_000, 0);
    List<String> flushed;
    try (Server server = server(data, faults).start()) {
      flushed = faults.made().stream().map(line -> line.replaceFirst("^sync 0 ", "")).toList();
      assertThat(Files.readString(data.resolve("initial-key.txt"))).startsWith("slp_");
    }
    for (String key : new String[] {"oauth.key", "initial-key.txt"}) {
      int file = flushed.indexOf(data.resolve(key + ".part").toString());
      int name = after(flushed, file, data.toString());
      assertThat(file).as("flush of %s in %s", key, flushed).isNotNegative();
      // The credential, or a secret closed with the key, is committed after that.
      assertThat(after(flushed, name, data.resolve("slipway.db-wal").toString())).isPositive();
    }
    assertThat(flushed)
        .contains(folder.toRealPath().toString(), folder.toRealPath().resolve("new").toString())
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

  @Tag("faults")
  @Test
  void doesNotStartWithAKeyThatMayNotBeOnTheDisk(@TempDir Path folder) throws Exception {
    Path data = folder.toRealPath();
    Faults faults = Faults.none();
    for (String key : List.of("oauth.key", "initial-key.txt")) {
      faults.loseFlush("*/" + key + ".part", 1);
      assertThatThrownBy(() -> server(data, faults).start())
          .hasMessageContaining("Slipway could not start");
      assertThat(data.resolve(key)).doesNotExist();
      faults.end();
    }
    try (Server server = server(data, faults).start()) {
      String first = Files.readString(data.resolve("initial-key.txt")).strip();
      Map<String, String> parameters = Map.of("return_url", "http://a.test/");
      ApiClient api = ApiClient.of(server).withKey(first);
      assertThat(api.post("/api/photo/get-upload-token", parameters).status()).isEqualTo(200);
    }
  }
}
