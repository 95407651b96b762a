package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  private HttpServer server;
  private ApiClient api;

  @BeforeEach
  void startEcho() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", ApiClientTest::echo);
    server.start();
    api = ApiClient.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  /** Answers with the request's line, key and body, and a redirect. */
  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      String head = exchange.getRequestURI() + " " + headers.getFirst("Authorization") + "\n";
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Location", "http://other.test/?a=1&b=x+%C3%BC&c");
      exchange.sendResponseHeaders(301, 0); // chunked
      exchange.getResponseBody().write(head.getBytes(UTF_8));
      exchange.getResponseBody().write(body);
    }
  }

  @AfterEach
  void stopEcho() {
    server.stop(0);
  }

  @Test
  void leavesRedirectsToTheTest() {
    Answer answer = api.get("/a", Map.of("q", "ü &"));
    assertThat(answer.status()).isEqualTo(301);
    assertThat(answer.text()).isEqualTo("/a?q=%C3%BC+%26 null\n");
    assertThat(answer.locationParameters())
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "x ü"), Map.entry("c", ""));
  }

  @Test
  void sendsTheKeyOnlyWhenAsked() {
    assertThat(api.withKey("secret").get("/").text()).isEqualTo("/ Bearer secret\n");
    assertThat(api.get("/").text()).isEqualTo("/ null\n");
  }

  @Test
  void writesMultipartAsBrowsersDo() {
    Multipart form =
        new Multipart()
            .file("file", "a \"ü\".jpg", "image/jpeg", "JPEG".getBytes(UTF_8))
            .field("title", "Süß");
    String boundary = form.contentType().replaceFirst(".*boundary=", "--");
    assertThat(api.post("/", form).text())
        .isEqualTo(
            """
            / null
            BOUNDARY
            Content-Disposition: form-data; name="file"; filename="a %22ü%22.jpg"
            Content-Type: image/jpeg

            JPEG
            BOUNDARY
            Content-Disposition: form-data; name="title"

            Süß
            BOUNDARY--
            """
                .replace("\n", "\r\n")
                .replaceFirst("\r\n", "\n")
                .replace("BOUNDARY", boundary));
  }

  @Test
  void readsTheAnswerToARequestMadeByHand() throws IOException {
    try (RawConnection connection = RawConnection.to(server.getAddress().getPort())) {
      connection.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
      connection.send("cd");
      assertThat(connection.answer())
          .hasValueSatisfying(
              answer -> {
                assertThat(answer.status()).isEqualTo(301);
                assertThat(answer.text()).isEqualTo("/x null\nabcd");
              });
      connection.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
      connection.endSending();
      assertThat(connection.answer()).isEmpty();
    }
  }
}
