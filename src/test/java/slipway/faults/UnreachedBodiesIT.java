package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Docs;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/**
 * Slow bodies of requests that a container refuses by itself, set up as {@code docs/operations.md}
 * has it.
 */
@Tag("faults")
class UnreachedBodiesIT {
  /** More than the threads of a container. */
  private static final int MANY = 205;

  private static final Pattern SIZES = Pattern.compile("(max\\w+Size)=\"(\\d+)\"");

  /** The attributes of the connector that bound what is read. */
  private static String connector() throws IOException {
    String docs = Docs.page("operations").text();
    String connector = docs.substring(docs.indexOf("<Connector "));
    return SIZES
        .matcher(connector.substring(0, connector.indexOf("/>")))
        .results()
        .map((MatchResult size) -> size.group(1) + "=" + size.group(2))
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void doNotStopTheContainer(Container container) throws IOException {
    try (Server server = Server.on(container).jvm("-Dharness.connector=" + connector()).start()) {
      for (SlowSenders.Kind kind : SlowSenders.UNREACHED) {
        try (SlowSenders attack = new SlowSenders(server, MANY, kind)) {
          attack.goOn();
          for (int i = 0; i < 5; i++) {
            Answer answer =
                ApiClient.withKey(server)
                    .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
          }
        }
      }
      takesBodiesInChunks(server);
    }
  }

  private static void takesBodiesInChunks(Server server) throws IOException {
    try (RawConnection call = RawConnection.to(server)) {
      for (int i = 0; i < 2; i++) {
        call.send(
            "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
                + "3\r\na=b\r\n0\r\n\r\n");
        assertThat(call.answer().map(Answer::status)).contains(200);
      }
    }
  }
}
