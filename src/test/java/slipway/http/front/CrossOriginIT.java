package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** What a page of another origin may read when its request gets no further than to the front. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_10})
class CrossOriginIT {
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String STATUS = "/api/upload-token/status";
  private static final String UPDATE = "/api/photo/update-upload-token";
  private static final String TUS = "/files/";
  private static final String FORM = "Content-Type: multipart/form-data; boundary=b\r\n";
  private static final String FIRST_BYTES = "--b\r\nContent-Disposition: form-data; name=\"a\"";

  /** Anonymous calls of a minute. */
  private static final int LIMIT = 6;

  private Server server;

  @Parameter Container container;

  @BeforeEach
  void open() {
    server = Server.narrow(container);
  }

  private static String head(String line, String address, String more) {
    return line
        + " HTTP/1.1\r\nHost: a\r\nOrigin: https://www.example.com\r\nX-Forwarded-For: "
        + address
        + "\r\n"
        + more
        + "\r\n";
  }

  private Answer send(String line, String address, String more) throws IOException {
    try (RawConnection connection =
        RawConnection.to(server)
            .send(head(line, address, more + "Connection: close\r\nContent-Length: 0\r\n"))) {
      return connection.answer().orElseThrow();
    }
  }

  private Answer preflight(String path, String address) throws IOException {
    return send("OPTIONS " + path, address, "Access-Control-Request-Method: POST\r\n");
  }

  private static void isReadable(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
        .as(answer.toString())
        .containsExactly("*");
    assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
        .contains("Retry-After");
  }

  @Test
  void tellsWhenToComeAgain() throws IOException {
    for (String path : List.of(REDEEM, "/api/photo/redeem-replace-token", TUS, STATUS, UPDATE)) {
      String address = Addresses.next();
      for (int i = 0; i < LIMIT; i++) {
        send("POST " + path, address, "");
      }
      Answer refused = send("POST " + path, address, "");
      isReadable(refused, 429);
      assertThat(refused.header("Retry-After")).as(path).isPresent();
    }
  }

  @Test
  void countsNoPreflight() throws IOException {
    String address = Addresses.next();
    for (int i = 0; i < LIMIT; i++) {
      for (String path : List.of(REDEEM, TUS, STATUS)) {
        Answer answer = preflight(path, address);
        assertThat(answer.status()).as(path).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
      }
    }
    assertThat(send("POST " + REDEEM, address, "").status()).isEqualTo(400);
  }

  @Test
  void answersAPreflightWhileAllPlacesAreTaken() throws IOException {
    String address = Addresses.next();
    try (RawConnection held =
        RawConnection.to(server)
            .send(head("POST " + REDEEM, address, FORM + "Content-Length: 5000\r\n"))
            .send(FIRST_BYTES)) {
      Await.metric(server, "slipway_uploads_running", 1);
      assertThat(preflight(REDEEM, address).status()).isEqualTo(204);
      isReadable(send("POST " + TUS, address, ""), 429);
      held.reset();
    }
  }

  @Test
  void tellsThatAQueryIsTooLong() throws IOException {
    String query = "?x=" + "y".repeat(300);
    for (String path : List.of(REDEEM, TUS, STATUS)) {
      isReadable(send("POST " + path + query, Addresses.next(), ""), 414);
    }
  }

  @Test
  void tellsThatABodyWasCut() throws IOException {
    isReadable(cut("POST " + REDEEM, FORM), 408);
    isReadable(cut("POST " + REDEEM + "?format=json", FORM), 408);
    isReadable(cut("POST " + REDEEM + "?resumableIdentifier=a&resumableChunkNumber=1", FORM), 408);
    isReadable(cut("POST " + UPDATE, "Content-Type: application/x-www-form-urlencoded\r\n"), 400);
  }

  private Answer cut(String line, String more) throws IOException {
    try (RawConnection connection =
        RawConnection.to(server)
            .send(head(line, Addresses.next(), more + "Content-Length: 5000\r\n"))
            .send(FIRST_BYTES)) {
      connection.endSending();
      return connection.answer().orElseThrow();
    }
  }

  @Test
  void tellsThatABodyIsTooLarge() {
    ApiClient api = ApiClient.of(server);
    Answer answer =
        api.send(
            api.request(UPDATE)
                .header("X-Forwarded-For", Addresses.next())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=" + "b".repeat(2 << 20))));
    isReadable(answer, 413);
  }

  @Test
  void opensNoMethodThatDoesNotSaySo() throws IOException {
    for (String path : List.of("/api/photo/list", "/api/photo/upload", "/upload/0", "/api/none")) {
      assertThat(preflight(path, Addresses.next()).header("Access-Control-Allow-Origin"))
          .as(path)
          .isEmpty();
    }
  }
}
