package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.uploadtoken.ReturnHosts;

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
      ReturnHosts.areThoseAllowed(api);
      isTheOnlyOneOnItsData(server);
      server.kill();
      server.restart();
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      assertThat(Files.readString(file).strip()).isEqualTo(key);
      ReturnHosts.areThoseAllowed(api);
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
