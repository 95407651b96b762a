package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Server;

/** A page of another site uploads with fetch, in a real browser. */
class RedeemFromAnotherOriginIT {
  private static final byte[] PAGE =
      "<!DOCTYPE html><title>Another site</title><p>Another site".getBytes(StandardCharsets.UTF_8);

  /** Uploads a picture that the page draws; the result is the answer's JSON or the error's name. */
  private static final String UPLOAD =
      """
      const [url, token, key, done] = arguments;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 20;
      canvas.getContext('2d').fillRect(0, 0, 10, 10);
      canvas.toBlob(async picture => {
        const form = new FormData();
        form.append('upload_token', token);
        form.append('format', 'json');
        form.append('file', picture, 'drawn.png');
        const headers = key ? {'Idempotency-Key': key} : {};
        try {
          done(await (await fetch(url, {method: 'POST', body: form, headers})).json());
        } catch (error) {
          done({status: error.name});
        }
      });
      """;

  private final Visits visits = new Visits(Server.shared(Container.JETTY_12));
  private HttpServer site;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
          }
        });
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

  private String origin(String host) {
    return "http://" + host + ":" + site.getAddress().getPort();
  }

  private String upload(String host, String token, String key) {
    browser.go(URI.create(origin(host) + "/"));
    String redeem = visits.server().uri(Visits.REDEEM).toString();
    Map<?, ?> answer = (Map<?, ?>) browser.driver().executeAsyncScript(UPLOAD, redeem, token, key);
    return answer.get("status") + (answer.containsKey("code") ? ": " + answer.get("code") : "");
  }

  @Tag("faults")
  @Test
  void uploadsFromAnyPageWithATokenThatNamesNoOrigin() {
    assertThat(upload("127.0.0.1", visits.token(), null)).isEqualTo("ok");
  }

  @Tag("faults")
  @Test
  void uploadsWithAHeaderThatNeedsAPreflight() {
    assertThat(upload("127.0.0.1", visits.token(), "a-key")).isEqualTo("ok");
  }

  @Test
  void uploadsFromTheOriginThatTheTokenNamesAndFromNoOther() {
    String token = visits.token("allowed_origin", origin("127.0.0.1"));
    assertThat(upload("localhost", token, null)).isEqualTo("error: permission_denied");
    assertThat(upload("127.0.0.1", token, null)).isEqualTo("ok");
  }
}
