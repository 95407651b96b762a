package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
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
   * Sends what is not there yet; again after the server was gone, it continues.
   *
   * @return where the photo's original is
   * @throws UncheckedIOException when the server is gone
   * @throws AssertionError when the server does not know what it had acknowledged
   */
  abstract String send();

  /** One of a kind and size by chance. */
  static Sending any(Server server, String token, Random choices) {
    return switch (choices.nextInt(4)) {
      case 0 -> new ByForm(server, token, jpeg(5, 60, choices));
      case 1 -> {
        byte[] file = jpeg(33, 300, choices);
        List<Integer> order =
            new ArrayList<>(
                IntStream.rangeClosed(1, ChunkSending.count(file.length)).boxed().toList());
        Collections.shuffle(order, choices);
        yield new ChunkSending(server, token, file, order);
      }
      case 2 -> new TusSending(server, token, jpeg(50, 400, choices));
      default -> new TusSending.InParts(server, token, jpeg(50, 200, choices));
    };
  }

  /** A picture with noise after it, of some kilobytes. */
  private static byte[] jpeg(int least, int most, Random choices) {
    int length = 1024 * (least + choices.nextInt(most - least)) + choices.nextInt(1024);
    try {
      return SampleMedia.largeJpeg(length).get().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
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
