package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.UUID;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** A file on its way to a server that may be killed under it. */
abstract class Sending {
  static final String REDEEM = "/api/photo/redeem-upload-token";

  /** Tells it from every other. */
  final String id = UUID.randomUUID().toString();

  final Server server;
  final String token;
  final byte[] file;

  Sending(Server server, String token, byte[] file) {
    this.server = server;
    this.token = token;
    this.file = file;
  }

  String token() {
    return token;
  }

  byte[] file() {
    return file;
  }

  /**
   * Sends what is not there yet; once more after the server was gone, it goes on.
   *
   * @return where the photo's original is
   * @throws UncheckedIOException when the server is gone
   * @throws AssertionError when the server does not know what it had acknowledged
   */
  abstract String send();

  /** Whether it goes on with what another request brought of the same file. */
  boolean goesOn() {
    return false;
  }

  /** By one form; a repeat is known by its key. */
  static final class ByForm extends Sending {
    ByForm(Server server, String token, byte[] file) {
      super(server, token, file);
    }

    @Override
    String send() {
      Answer back = post();
      assertThat(back.status()).as(back.text()).isEqualTo(301);
      return back.returnedPath();
    }

    Answer post() {
      Multipart form =
          new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file);
      ApiClient api = ApiClient.of(server);
      return api.send(
          api.request(REDEEM)
              .header("Idempotency-Key", id)
              .header("Content-Type", form.contentType())
              .POST(form.body()));
    }
  }
}
