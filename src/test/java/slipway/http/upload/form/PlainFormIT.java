package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The ordinary form of another site's page, sent by a real browser without any script. */
class PlainFormIT {
  private final Visits visits = new Visits(Server.shared(Container.JETTY_12));
  private final Path picture = SampleMedia.file("cat.jpg", SampleMedia.jpeg(400, 300));
  private volatile String token = "";
  private volatile String policy = "";
  private HttpServer site;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/", this::answer);
    site.start();
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    site.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String page =
        """
        <!DOCTYPE html><title>Another site</title><link rel="icon" href="data:">
        <form action="%s" method="post" enctype="multipart/form-data">
          <input type="hidden" name="upload_token" value="%s">
          <input type="file" name="file">
          <button>Upload</button>
        </form>
        """
            .formatted(visits.server().uri(Visits.REDEEM), token);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      if (!policy.isEmpty()) {
        exchange.getResponseHeaders().set("Referrer-Policy", policy);
      }
      byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String origin(String host) {
    return "http://" + host + ":" + site.getAddress().getPort();
  }

  private void issue(String host, String allowed) {
    token = visits.token("return_url", origin(host) + "/back", "allowed_origin", allowed);
  }

  private void choose(String host) {
    browser.go(URI.create(origin(host) + "/page"));
    browser.find("input[type=file]").sendKeys(picture.toString());
  }

  private Map<String, String> back() {
    browser.waiting().until(page -> page.getCurrentUrl().contains("/back?"));
    return Stream.of(URI.create(browser.driver().getCurrentUrl()).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  /** Slipway is at 127.0.0.1: to a page of localhost, another site. */
  @ParameterizedTest
  @CsvSource({
    "localhost, strict-origin-when-cross-origin, '', true",
  })
  void takesTheFormOfTheSiteThatTheTokenNames(
      String host, String referrerPolicy, String orNull, boolean isTaken) {
    send(host, referrerPolicy, orNull, isTaken);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, strict-origin-when-cross-origin, '', true",
    "127.0.0.1, no-referrer, '', true",
    "127.0.0.1, same-origin, '', true",
    "localhost, no-referrer, '', false",
    "localhost, same-origin, '', false",
    "localhost, no-referrer, ' null', true",
    "localhost, same-origin, ' null', true",
  })
  @Tag("faults")
  void takesTheFormUnderOtherPoliciesToo(
      String host, String referrerPolicy, String orNull, boolean isTaken) {
    send(host, referrerPolicy, orNull, isTaken);
  }

  private void send(String host, String referrerPolicy, String orNull, boolean isTaken) {
    policy = referrerPolicy;
    issue(host, origin(host) + orNull);
    choose(host);
    browser.find("button").click();
    Map<String, String> said = back();
    assertThat(said.containsKey("photo_id")).as(said.toString()).isEqualTo(isTaken);
    assertThat(said.getOrDefault("error_message", "Referrer-Policy")).contains("Referrer-Policy");
  }

  @Tag("faults")
  @Test
  void takesNoFormOfAnotherSite() {
    issue("localhost", "https://www.example.com");
    choose("localhost");
    browser.find("button").click();
    assertThat(back()).containsKey("error_message").doesNotContainKey("photo_id");
  }

  /** The browser cuts the first request when the second begins. */
  @Test
  void storesOnePhotoWhenTheVisitorClicksTwiceAndThenGoesBackAndSendsItAgain() {
    token = visits.token("return_url", origin("localhost") + "/back");
    choose("localhost");
    browser.upstream(200_000);
    browser
        .driver()
        .executeScript(
            "const button = document.querySelector('button'); button.click();"
                + "setTimeout(() => button.click(), 100);");
    String photo = back().get("photo_id");
    assertThat(photo).isNotNull();
    choose("localhost");
    browser.find("button").click();
    assertThat(back().get("photo_id")).isEqualTo(photo);
    assertThat(
            ApiClient.of(visits.server())
                .get("/api/upload-token/status", Map.of("upload_token", token))
                .xml("count(/response/photo)"))
        .isEqualTo("1");
  }
}
