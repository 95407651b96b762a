package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.SmallServer;

/** Requests hold only so much memory together, and give it back however they end. */
@ParameterizedClass
@AnyContainer
class MemoryLimitIT {
  private static final String ECHO = "/api/echo";

  /**
   * What a megabyte is for: three eighths of it, of one address, are a body of some 68,000 bytes.
   */
  private static final int HELD_BODY = 60_000;

  @Parameter Container container;

  @Test
  void refusesWhatItHasNoMemoryForUntilItHas() throws IOException {
    Server server = SmallServer.on(container);
    String token = token(server);
    String address = Addresses.next();
    try (RawConnection held = hold(server, address)) {
      double alone = held(server);
      isBusy(post(server, address, "format=json&a=" + "x".repeat(30_000)));
      assertThat(post(server, address, "format=json&a=x").status()).isEqualTo(200);
      String other = "a=" + "x".repeat(30_000);
      assertThat(post(server, Addresses.next(), other).status()).isEqualTo(200);
      sendsFormsBack(server, token, address);
      // An answer may come before what its request held is given back.
      await(server, 0, alone);
      held.send("x".repeat(1_000));
      assertThat(held.answer().map(Answer::status)).contains(200);
    }
    awaitFree(server);
    String next = Addresses.next();
    try (RawConnection cut = hold(server, next)) {
      cut.reset();
    }
    awaitFree(server);
    assertThat(redeem(server, form(token), next).locationParameters()).containsKey("photo_id");
    assertThat(post(server, next, "a=" + "x".repeat(HELD_BODY)).status()).isEqualTo(200);
    isBusy(post(server, next, "format=json&a=" + "x".repeat(100_000)));
    neverTakesWhatIsTooLong(server, next);
    refusesALongReply(server, next);
    awaitFree(server);
  }

  /** No matter how much memory there is later, so that nobody is told to come again. */
  private static void neverTakesWhatIsTooLong(Server server, String address) {
    Answer answer = post(server, address, "format=json&a=" + "x".repeat(2 << 20));
    assertThat(answer.status()).as(answer.text()).isEqualTo(413);
    assertThat(answer.header("Retry-After")).isEmpty();
  }

  /** A reply may be longer than what it repeats: in JSON an angle bracket is six. */
  private static void refusesALongReply(Server server, String address) {
    Answer fits = post(server, address, "format=json&a=" + "<".repeat(30_000));
    assertThat(fits.status()).isEqualTo(200);
    assertThat(fits.body()).hasSizeGreaterThan(180_000);
    isBusy(post(server, address, "format=json&a=" + "<".repeat(60_000)));
  }

  private static void sendsFormsBack(Server server, String token, String address) {
    Answer back = redeem(server, form(token).field("a", "x".repeat(30_000)), address);
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    assertThat(back.locationParameters().get("error_message")).contains("try again soon");
    Answer plain = redeem(server, new Multipart().field("a", "x".repeat(30_000)), address);
    assertThat(plain.status()).isEqualTo(503);
    assertThat(plain.header("Retry-After")).isPresent();
  }

  private static void isBusy(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("server_error");
    assertThat(answer.header("Retry-After")).contains("2");
  }

  private static String token(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static Multipart form(String token) {
    return new Multipart()
        .field("upload_token", token)
        .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(12, 12));
  }

  private static Answer redeem(Server server, Multipart form, String address) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request("/api/photo/redeem-upload-token")
            .header("X-Forwarded-For", address)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  private static Answer post(Server server, String address, String body) {
    ApiClient api = ApiClient.of(server);
    return api.send(
        api.request(ECHO)
            .header("X-Forwarded-For", address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Sends all of a body but its last 1,000 bytes, and waits until the server has read that. */
  private static RawConnection hold(Server server, String address) throws IOException {
    RawConnection connection = RawConnection.to(server);
    connection.send(
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: "
            + address
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + HELD_BODY
            + "\r\n\r\n"
            + "a="
            + "x".repeat(HELD_BODY - 1_002));
    await(server, 6 * (HELD_BODY - 1_000) - 16 * 1024, Double.MAX_VALUE);
    return connection;
  }

  private static void awaitFree(Server server) {
    await(server, 0, 0);
  }

  private static void await(Server server, double least, double most) {
    Await.until(
        "%s to %s bytes that are held".formatted(least, most),
        () -> {
          double held = held(server);
          return held >= least && held <= most;
        });
  }

  private static double held(Server server) {
    return ApiClient.of(server)
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("slipway_requests_memory_bytes "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
