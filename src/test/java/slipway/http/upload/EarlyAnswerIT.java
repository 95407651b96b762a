package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/**
 * A client that is answered before the door has read its request gets the format that it
 * understands.
 */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_10})
class EarlyAnswerIT {
  private static final String REDEEM = "POST /api/photo/redeem-upload-token";
  private static final String CHUNK = REDEEM + "?resumableIdentifier=a&resumableChunkNumber=1";
  private static final String FLOW = REDEEM + "?flowIdentifier=a&flowChunkNumber=1";
  private static final String FORM = "Content-Type: multipart/form-data; boundary=b\r\n";
  private static final String TUS = "Tus-Resumable: 1.0.0\r\n";
  private static final String FIELD =
      "--b\r\nContent-Disposition: form-data; name=\"resumableIdentifier\"\r\n\r\na\r\n";

  private final String impatient = Addresses.next();
  private Server server;

  @Parameter Container container;

  @BeforeEach
  void open() {
    server = Server.narrow(container);
  }

  private Answer answer(String line, String more, String body) throws IOException {
    return from(Addresses.next(), line, more, body, body.length() + 100);
  }

  private Answer from(String address, String line, String more, String body, int length)
      throws IOException {
    String head = line + " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + address + "\r\n" + more;
    try (RawConnection connection =
        RawConnection.to(server).send(head + "Content-Length: " + length + "\r\n\r\n" + body)) {
      if (length > body.length()) {
        connection.endSending();
      }
      return connection.answer().orElseThrow();
    }
  }

  private Answer refused(String line, String more) throws IOException {
    Answer last = null;
    for (int i = 0; i < 7 && (last == null || last.status() != 429); i++) {
      last = from(impatient, line, more, "", 0);
    }
    assertThat(last.status()).as(last.text()).isEqualTo(429);
    return last;
  }

  private static void isJson(Answer answer) {
    assertThat(answer.json().get("message").getAsString()).as(answer.text()).isNotEmpty();
  }

  private static void isText(Answer answer) {
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.text()).isNotEmpty().doesNotContain("<", "{");
  }

  @Test
  void refusesEachClientInItsOwnForm() throws IOException {
    Answer tus = refused("POST /files/", TUS);
    isJson(tus);
    assertThat(tus.header("Tus-Resumable")).contains("1.0.0");
    isJson(refused(CHUNK, ""));
    isJson(refused(FLOW, FORM));
    isJson(refused(REDEEM + "?format=json", FORM));
    isText(refused(REDEEM, FORM));
    assertThat(refused("POST /api/photo/upload", FORM).xml("/response/@code")).isNotEmpty();
  }

  @Test
  void tellsEachClientInItsOwnFormThatItsBodyWasCut() throws IOException {
    isJson(answer(CHUNK, FORM, "--b\r\n"));
    isJson(answer(REDEEM + "?format=json", FORM, "--b\r\n"));
    isText(answer(REDEEM, FORM, "--b\r\n"));
    isText(answer("POST /api/photo/redeem-replace-token", FORM, "--b\r\n"));
  }

  @Test
  void hasAFormSentAgainThatMayBeAChunk() throws IOException {
    assertThat(answer(REDEEM, FORM, "--b\r\n").status()).isEqualTo(408);
    assertThat(answer(REDEEM, FORM, FIELD.substring(0, 70)).status()).isEqualTo(408);
    assertThat(answer(REDEEM, FORM, FIELD).status()).isEqualTo(408);
    assertThat(answer(FLOW, FORM, FIELD.substring(0, 20)).status()).isEqualTo(408);
  }
}
