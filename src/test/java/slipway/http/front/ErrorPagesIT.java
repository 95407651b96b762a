package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class ErrorPagesIT {
  @Parameter Container container;

  private ApiClient api() {
    return ApiClient.of(Server.shared(container));
  }

  private static void isSafe(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors");
    assertThat(answer.header("X-Request-Id")).isPresent();
    tellsNothing(answer);
  }

  private static void tellsNothing(Answer answer) {
    assertThat(answer.text())
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContainIgnoringCase("jetty")
        .doesNotContain("at org.", "at java.", "Exception", "jakarta.servlet");
  }

  @Test
  void answersUnknownAddressesWithAPageOfOurs() {
    Answer answer = api().get("/no/such/page?x=%3Cscript%3E");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.text()).contains("There is nothing at this address.");
    isSafe(answer);
    isSafe(api().get("/WEB-INF/web.xml"));
    isSafe(api().get("/1/1/" + "a".repeat(32) + "/original"));
  }

  @Test
  void hasNoPageForErrorsWhereNothingFailed() {
    Answer answer = api().get("/error");
    assertThat(answer.status()).isEqualTo(404);
    isSafe(answer);
  }

  @Test
  void answersUnknownMethodsOfTheApiAsTheApiDoes() {
    Answer xml = api().get("/api/photo/no-such-method");
    assertThat(xml.status()).isEqualTo(404);
    assertThat(xml.xml("/response/@code")).isEqualTo("no_such_method");
    isSafe(xml);
    Answer json = api().get("/api/no/such?format=json");
    assertThat(json.json().get("code").getAsString()).isEqualTo("no_such_method");
    assertThat(json.json().get("endpoint").getAsString()).isEqualTo("/api/no/such");
    isSafe(json);
  }

  @Test
  void knowsAnAddressOfItsOwnWhereARequestNamesNoHost() throws IOException {
    for (String host : new String[] {"HTTP/1.1\r\nHost:", "HTTP/1.1\r\nHost: ", "HTTP/1.0"}) {
      try (RawConnection connection = RawConnection.to(Server.shared(container))) {
        connection.send("GET /api/openapi.json " + host + "\r\nConnection: close\r\n\r\n");
        Answer answer = connection.answer().orElseThrow();
        if (answer.status() == 400) {
          assertThat(host).as("may be refused").startsWith("HTTP/1.1");
          continue;
        }
        assertThat(answer.status()).as(host).isEqualTo(200);
        String url =
            answer
                .json()
                .getAsJsonArray("servers")
                .get(0)
                .getAsJsonObject()
                .get("url")
                .getAsString();
        assertThat(URI.create(url).getHost()).as(url).isNotBlank();
      }
    }
  }

  @Test
  void setsTheHeadersOnEveryKindOfAnswer() {
    for (String path : new String[] {"/", "/try", "/assets/slipway.css", "/health/live"}) {
      Answer answer = api().get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      isSafeButForItsText(answer);
    }
    isSafe(api().get("/api/photo/get-upload-token"));
    isSafe(api().send(api().request("/try").method("PUT", BodyPublishers.noBody())));
    tellsNothing(api().send(api().request("/x").method("TRACE", BodyPublishers.noBody())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/try",
        "/photo/1",
        "/upload/x",
        "/health/live",
        "/assets/slipway.css",
        "/none",
        "/api/openapi.json",
        "/1/1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/original"
      })
  void saysThatPagesAreThereToBeRead(String path) {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      Answer answer = api().send(api().request(path).method(method, BodyPublishers.noBody()));
      assertThat(answer.status()).as(method).isEqualTo(method.equals("OPTIONS") ? 204 : 405);
      assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
      isSafe(answer);
    }
  }

  @Test
  void listsNoFolders() {
    for (String path : new String[] {"/assets/", "/assets/console/", "/webjars/", "/assets"}) {
      Answer answer = api().get(path);
      assertThat(answer.text())
          .as(path)
          .doesNotContain("console.js", "picocss__pico/\"", "Directory");
      assertThat(answer.status()).as(path).isIn(302, 403, 404);
    }
  }

  private static void isSafeButForItsText(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors");
  }

  @Test
  void refusesAQueryThatIsTooLong() {
    String most = "format=json&x=" + "y".repeat(6000);
    assertThat(api().get("/api/photo/get-upload-token?" + most).status()).isEqualTo(403);
  }

  @Test
  void tellsNothingOfItsInsideToARequestThatIsNoHttp() throws IOException {
    for (String line :
        new String[] {
          "GET /a|b{} HTTP/1.1",
          "GET / HTTP/9.9",
          "G<T / HTTP/1.1",
          "GET /%2e%2e/x HTTP/1.1",
          "GET /%zz HTTP/1.1",
          "GET /..;/x HTTP/1.1",
          "GET /api/echo?x=" + "y".repeat(9000) + " HTTP/1.1",
          "GET / HTTP/1.1\r\nX: " + "y".repeat(9000),
          "GET / HTTP/1.1\r\nX y",
          "POST / HTTP/1.1\r\nContent-Length: x",
          "GET / HTTP/1.1\r\nHost: b"
        }) {
      try (RawConnection connection = RawConnection.to(Server.shared(container))) {
        connection.send(line + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        Answer answer = connection.answer().orElseThrow();
        assertThat(answer.status()).as(line).isBetween(400, 505);
        tellsNothing(answer);
        assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase("jetty");
        assertThat(answer.text())
            .as(line)
            .containsAnyOf("The request ", "Something went wrong here.")
            .doesNotContain("<h1", "URI", "Message");
      }
    }
  }
}
