package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

class StartIT {
  private static final Map<String, String> PARAMETERS = Map.of("return_url", "http://a.test/");

  @ParameterizedTest
  @AnyContainer
  void makesOneKeyOnTheFirstStartAndTellsWhereItIs(Container container) throws IOException {
    try (Server server = Server.on(container).setting("slipway.auth.initial-key", "").start()) {
      Path file = server.data().resolve("initial-key.txt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String key = Files.readString(file).strip();
      assertThat(server.log()).contains(file.toString()).doesNotContain(key);
      ApiClient api = ApiClient.of(server).withKey(key);
      assertThat(api.post("/api/photo/get-upload-token", PARAMETERS).status()).isEqualTo(200);
      server.restart();
      assertThat(Files.readString(file).strip()).isEqualTo(key);
      assertThat(api.post("/api/photo/get-upload-token", PARAMETERS).status()).isEqualTo(200);
    }
  }

  /** Others are {@link SettingsTest}'s. */
  @ParameterizedTest
  @CsvSource({
    "slipway.upload.max-bytes, many, a whole number",
    "slipway.outgoing.allow-private, http://10.0.0.1/, IP addresses and ranges",
    "slipway.log.level, loud, 'trace, debug, info'",
  })
  void doesNotStartWithASettingThatIsNotValid(String name, String value, String valid) {
    assertThatThrownBy(() -> Server.on(Container.JETTY_12).setting(name, value).start())
        .hasMessageContaining(name)
        .hasMessageContaining(valid);
  }

  @Test
  void doesNotStartOnTheDataOfOneThatRuns() {
    try (Server first = Server.on(Container.JETTY_12).start()) {
      assertThatThrownBy(() -> Server.on(Container.JETTY_12).data(first.data()).start())
          .hasMessageContaining("another Slipway is running on the data folder " + first.data());
      assertThat(ApiClient.of(first).get("/health/ready").status()).isEqualTo(200);
      first.kill();
      try (Server next = Server.on(Container.JETTY_12).data(first.data()).start()) {
        assertThat(ApiClient.of(next).get("/health/ready").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void takesReturnUrlsOnAllowedHostsOnly() {
    try (Server server =
        Server.on(Container.JETTY_12)
            .setting("slipway.return.hosts", "www.example.com, *.example.org")
            .start()) {
      ApiClient api = ApiClient.withKey(server);
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
  }
}
