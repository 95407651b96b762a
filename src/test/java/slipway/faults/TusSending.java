package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import slipway.harness.Answer;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** A file by tus, in pieces one after the other. */
final class TusSending extends Sending {
  private static final int PIECE = 100 * 1024;

  private final TusClient tus;
  private String path;
  private long acknowledged;

  TusSending(Server server, String token, byte[] file) {
    super(server, token, file);
    this.tus = new TusClient(server);
  }

  /** Where the upload is, which is created if it was not before. */
  String begin() {
    if (path == null) {
      path = tus.created(token, file.length);
    }
    return path;
  }

  @Override
  String send() {
    begin();
    long offset = tus.offset(path);
    assertThat(offset).as("what was acknowledged").isBetween(acknowledged, (long) file.length);
    while (offset < file.length) {
      int end = (int) Math.min(offset + PIECE, file.length);
      Answer answer = tus.patch(path, offset, Arrays.copyOfRange(file, (int) offset, end));
      assertThat(answer.status()).as(answer.text()).isEqualTo(204);
      offset = end;
      acknowledged = end;
    }
    return tus.originalPath(path);
  }

  /** Two parts that are concatenated; anyone who lost an answer starts over, as nothing tells. */
  static final class InParts extends Sending {
    private final TusClient tus;

    InParts(Server server, String token, byte[] file) {
      super(server, token, file);
      this.tus = new TusClient(server);
    }

    @Override
    String send() {
      String first = part(0, file.length / 2);
      String second = part(file.length / 2, file.length);
      Answer whole = tus.concatenated(token, first + " " + second);
      assertThat(whole.status()).as(whole.text()).isEqualTo(201);
      return tus.originalPath(TusClient.path(whole));
    }

    private String part(int from, int to) {
      String path = tus.created(token, to - from, "Upload-Concat", "partial");
      Answer answer = tus.patch(path, 0, Arrays.copyOfRange(file, from, to));
      assertThat(answer.status()).as(answer.text()).isEqualTo(204);
      return path;
    }
  }
}
