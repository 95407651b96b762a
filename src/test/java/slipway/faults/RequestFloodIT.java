package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** Others get their tokens while someone sends, at full rate, what costs a server most to read. */
@Tag("faults")
@Tag("alone")
@ParameterizedClass
@EnumSource(Container.class)
class RequestFloodIT {
  private static final String ECHO = "/api/echo";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final long FLOOD_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** A stall. The figure that is printed is to stay below 200 ms where the machine is idle. */
  private static final long STALL_MILLIS = 1000;

  @Parameter Container container;

  /** How long a token took at the 99th percentile, by what was sent meanwhile. */
  private final Map<String, Long> millis = new LinkedHashMap<>();

  private Server server;

  @BeforeEach
  void start() {
    server = Server.on(container).measured().jvm("-Xmx256m", "-XX:+ExitOnOutOfMemoryError").start();
    for (int i = 0; i < 200; i++) {
      issue(); // as a server that has run for a while
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer issue() {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"));
  }

  private Answer echo(String body) {
    return ApiClient.of(server).post(ECHO, FORM, BodyPublishers.ofString(body));
  }

  @Test
  void bearsAllThatCostsMuchToRead() throws Exception {
    manyParameters();
    largeBodiesAndReplies();
    longForms();
    signaturesOfManyParameters();
    assertThat(millis).allSatisfy((flood, p99) -> assertThat(p99).isLessThan(STALL_MILLIS));
  }

  private void manyParameters() throws Exception {
    flood("many parameters", 20, ECHO, FORM, "abc=d&".repeat(170_000).getBytes(UTF_8));
  }

  private void largeBodiesAndReplies() throws Exception {
    String body = "format=json&\u20ac=" + "\u0001".repeat((1 << 20) - 100);
    flood("large bodies", 200, ECHO, FORM, body.getBytes(UTF_8));
  }

  private void longForms() throws Exception {
    String value = "\u20ac".repeat((64 * 1024) / 3);
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 195; i++) {
      form.append("--b\r\nContent-Disposition: form-data; name=\"field" + i + "\"\r\n\r\n");
      form.append(value).append("\r\n");
    }
    byte[] body = form.append("--b--\r\n").toString().getBytes(UTF_8);
    String path = "/api/photo/redeem-upload-token";
    flood("long forms", 50, path, "multipart/form-data; boundary=b", body);
  }

  private void signaturesOfManyParameters() throws Exception {
    Map<String, String> oauth = OAuthSigner.of(server, "read").sign("POST", "http://a/", Map.of());
    Map<String, String> parameters = new LinkedHashMap<>(oauth);
    while (parameters.size() < 1000) {
      parameters.put("p" + parameters.size(), "a".repeat(1000));
    }
    byte[] most = ApiClient.urlencoded(parameters).getBytes(UTF_8);
    flood("signatures", 20, ECHO, FORM, most);
    String tooMany = ApiClient.urlencoded(oauth) + "&a=b".repeat(20_000);
    flood("long signatures", 20, ECHO, FORM, tooMany.getBytes(UTF_8));
  }

  private void flood(String name, int atATime, String path, String type, byte[] body)
      throws Exception {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(UTF_8));
    request.writeBytes(body);
    List<Long> times = new ArrayList<>();
    try (Flood flood = Flood.of(server.port(), atATime, request.toByteArray())) {
      long end = System.nanoTime() + FLOOD_NANOS;
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        assertThat(issue().status()).isEqualTo(200);
        times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      times.sort(null);
      long p99 = times.get(times.size() * 99 / 100);
      System.out.printf(
          "%s, %s: %d requests, %d tokens, p99 %d ms%n",
          container, name, flood.end(), times.size(), p99);
      millis.put(name, p99);
    }
    works();
  }

  private void works() {
    Multipart form =
        new Multipart()
            .field("upload_token", issue().xml("/response/upload_token"))
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
    Answer redeemed = ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
    assertThat(redeemed.locationParameters()).containsKey("photo_id");
    assertThat(echo("a=" + "x".repeat(1_000_000)).status()).isEqualTo(200);
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
  }
}
