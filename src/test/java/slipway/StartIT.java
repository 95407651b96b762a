package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

class StartIT {
  /** {@link slipway.faults.FirstStartIT} has what is new of this in {@code mvn verify}. */
  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void makesOneKeyOnTheFirstStartAndHasItsDataForItselfUntilItIsKilled(Container container)
      throws IOException {
    try (Server server =
        Server.on(container)
            .setting("slipway.auth.initial-key", "")
            .setting("slipway.return.hosts", "www.example.com, *.example.org")
            .start()) {
      Path file = server.data().resolve("initial-key.txt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String key = Files.readString(file).strip();
      assertThat(server.log()).contains(file.toString()).doesNotContain(key);
      ApiClient api = ApiClient.of(server).withKey(key);
      takesReturnUrlsOnAllowedHostsOnly(api);
      isTheOnlyOneOnItsData(server);
      server.kill();
      server.restart();
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      assertThat(Files.readString(file).strip()).isEqualTo(key);
      takesReturnUrlsOnAllowedHostsOnly(api);
    }
  }

  /** {@link DataLockTest} has another web application of the same process. */
  @ParameterizedTest
  @AnyContainer
  void hasItsDataForItselfAgainstAnotherProcess(Container container) {
    Server server = Server.shared(container);
    assertThatThrownBy(() -> DataLock.of(server.data()))
        .hasMessageContaining("another Slipway is running on the data folder " + server.data());
    assertThat(ApiClient.of(server).get("/health/ready").status()).isEqualTo(200);
  }

  private static void isTheOnlyOneOnItsData(Server server) {
    assertThatThrownBy(() -> Server.on(Container.JETTY_12).data(server.data()).start())
        .hasMessageContaining("another Slipway is running on the data folder " + server.data());
    assertThat(ApiClient.of(server).get("/health/ready").status()).isEqualTo(200);
  }

  private static void takesReturnUrlsOnAllowedHostsOnly(ApiClient api) {
    for (String good : new String[] {"https://www.example.com/x", "http://a.b.example.org/"}) {
      Answer answer = api.post("/api/photo/get-upload-token", Map.of("return_url", good));
      assertThat(answer.status()).as(good).isEqualTo(200);
    }
    for (String bad :
        new String[] {"https://example.com/", "http://example.org/", "http://evilexample.org/"}) {
      Answer answer = api.post("/api/photo/get-upload-token", Map.of("return_url", bad));
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.xml("/response/@message")).contains("*.example.org");
    }
  }

  /**
   * Most are refused when they are read, which {@link SettingsTest} covers; this one is refused
   * later.
   */
  @Tag("faults")
  @Test
  void doesNotStartWithASettingThatIsNotValid() {
    String name = "slipway.outgoing.allow-private";
    assertThatThrownBy(
            () -> Server.on(Container.JETTY_12).setting(name, "http://10.0.0.1/").start())
        .hasMessageContaining(name)
        .hasMessageContaining("IP addresses and ranges");
  }
}
