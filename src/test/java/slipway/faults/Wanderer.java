package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import slipway.harness.Answer;
import slipway.harness.Nodes;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.http.upload.tus.TusClient;

/**
 * A visitor who sends one file in pieces, each to whichever node, as a balancer that knows nothing
 * of uploads has it, and some cut on their way. What was acknowledged must be there whenever a node
 * tells how much is.
 */
final class Wanderer implements Callable<String> {
  private static final long PATIENCE_NANOS = 600_000_000_000L;
  private static final int PIECES = 6;

  private final Nodes nodes;
  private final String token;
  private final byte[] file;
  private final Random random;
  private final long begun = System.nanoTime();
  private String path;
  private int moves;
  private int cut;

  /** One with a file of its own. */
  Wanderer(Nodes nodes, String token, int number) {
    this.nodes = nodes;
    this.token = token;
    this.file = SampleMedia.png(60 + number, 40);
    this.random = new Random(number);
  }

  /** What it sends. */
  byte[] file() {
    return file;
  }

  /** Begins the upload, so that it holds its use. */
  void begin() throws IOException, InterruptedException {
    String head =
        "POST /files/ HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: "
            + file.length
            + "\r\nIdempotency-Key: k"
            + file.length
            + "\r\nUpload-Metadata: "
            + TusClient.metadata(token)
            + "\r\n";
    Answer created = untilTaken(head, new byte[0]);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    path = TusClient.path(created);
  }

  /** Sends all of it, and gives the path of the photo's original. */
  @Override
  public String call() throws IOException, InterruptedException {
    int there = 0;
    while (there < file.length) {
      there = piece(there);
    }
    return untilTaken(head("GET"), new byte[0]).uploadedPath();
  }

  /** How it went. */
  String told() {
    return moves + " requests, " + cut + " cut";
  }

  private String head(String method) {
    return method + " " + path + " HTTP/1.1\r\nTus-Resumable: 1.0.0\r\n";
  }

  private int piece(int from) throws IOException, InterruptedException {
    int end = Math.min(from + file.length / PIECES + 1, file.length);
    String head =
        head("PATCH")
            + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: "
            + from
            + "\r\n";
    byte[] bytes = Arrays.copyOfRange(file, from, end);
    int sent = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
    Optional<Answer> answer = once(head, bytes, sent);
    if (answer.isPresent() && answer.get().status() == 204) {
      assertThat(answer.get().header("Upload-Offset")).contains(Integer.toString(end));
      return end;
    }
    answer.ifPresent(one -> assertThat(one.status()).as(one.text()).isIn(503, 409, 423));
    Answer told = untilTaken(head("HEAD"), new byte[0]);
    assertThat(told.status()).as("its offset").isEqualTo(200);
    int there = Integer.parseInt(told.header("Upload-Offset").orElseThrow());
    assertThat(there).as("what was acknowledged").isBetween(from, file.length);
    return there;
  }

  private Answer untilTaken(String head, byte[] body) throws IOException, InterruptedException {
    while (System.nanoTime() - begun < PATIENCE_NANOS) {
      Optional<Answer> answer = once(head, body, body.length);
      if (answer.isPresent() && answer.get().status() != 503 && answer.get().status() != 423) {
        return answer.get();
      }
      Thread.sleep(500);
    }
    throw new IOException("Not taken for too long");
  }

  /** Sends that much of the body to some node, and no more. */
  private Optional<Answer> once(String head, byte[] body, int sent) {
    moves++;
    try (RawConnection connection = RawConnection.to(nodes.get(random.nextInt(3)))) {
      connection
          .send(
              head
                  + "Host: localhost\r\nConnection: close\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
          .send(Arrays.copyOf(body, sent));
      if (sent < body.length) {
        cut++;
        connection.reset();
        return Optional.empty();
      }
      return head.startsWith("HEAD") ? connection.answerToHead() : connection.answer();
    } catch (IOException e) {
      cut++;
      return Optional.empty();
    }
  }
}
