package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Nodes;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.http.upload.tus.TusClient;

/**
 * Visitors who send files to nodes for as long as they are let, each file another one, by forms and
 * by tus. A balancer stands before them that passes each request to the next node, and to another
 * one where a node takes no connection; the visitors themselves send again what was cut, or was to
 * be tried later, as an uploader does.
 */
final class Visitors implements AutoCloseable {
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final int USES = 10;

  private final Nodes nodes;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger later = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private volatile boolean isOver;

  /** Has that many send from now on; every other one by tus. */
  Visitors(Nodes nodes, int count) {
    this.nodes = nodes;
    for (int i = 0; i < count; i++) {
      Sending sending = i % 2 == 0 ? this::sendForm : this::sendPieces;
      Thread thread = new Thread(() -> sendUntilTheEnd(sending), "visitor" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Sends one file. */
  private interface Sending {
    void send(String token) throws IOException, InterruptedException;
  }

  private void sendUntilTheEnd(Sending sending) {
    try {
      while (!isOver) {
        String token = issue();
        for (int i = 0; i < USES / 2 && !isOver; i++) {
          sending.send(token);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      wrong.add(e.toString());
    }
  }

  /** Where its answer is lost, the token is nobody's. */
  private String issue() throws IOException, InterruptedException {
    byte[] form =
        ("return_url=http://a.test/&max_uploads=" + USES).getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/photo/get-upload-token HTTP/1.1\r\nAuthorization: Bearer "
            + Nodes.KEY
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    Answer answer = untilTaken(next.getAndIncrement(), head, form);
    String token = answer.status() == 200 ? answer.xml("/response/upload_token") : "";
    if (token.isEmpty()) {
      wrong.add("A token: " + answer);
    }
    tokens.add(token);
    return token;
  }

  /** How many files were answered to be photos. */
  int count() {
    return acknowledged.size();
  }

  /** Requests that were cut after they had begun: no balancer sends them again. */
  int cut() {
    return cut.get();
  }

  /** Requests that were to be tried later. */
  int later() {
    return later.get();
  }

  private byte[] file() {
    return SampleMedia.png(40 + files.incrementAndGet(), 20);
  }

  private void sendForm(String token) throws IOException, InterruptedException {
    byte[] file = file();
    byte[] body = form(token, file);
    String head =
        "POST /api/photo/redeem-upload-token HTTP/1.1\r\nIdempotency-Key: "
            + UUID.randomUUID()
            + "\r\nContent-Type: multipart/form-data; boundary=b\r\n";
    Answer answer = untilTaken(next.getAndIncrement(), head, body);
    if (answer.status() == 301 && answer.locationParameters().containsKey("photo_id")) {
      acknowledged.put(answer.returnedPath(), file);
    } else {
      wrong.add("A form: " + answer);
    }
  }

  private static byte[] form(String token, byte[] file) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--b\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
                + token
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  /** In three pieces; its node is the same as long as that is there. */
  private void sendPieces(String token) throws IOException, InterruptedException {
    byte[] file = file();
    int node = next.getAndIncrement();
    Answer created =
        untilTaken(
            node,
            "POST /files/ HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: "
                + file.length
                + "\r\nIdempotency-Key: "
                + UUID.randomUUID()
                + "\r\nUpload-Metadata: "
                + TusClient.metadata(token)
                + "\r\n",
            new byte[0]);
    if (created.status() != 201) {
      wrong.add("A creation: " + created);
      return;
    }
    String path = TusClient.path(created);
    int there = 0;
    while (there < file.length) {
      there = patched(node, path, file, there);
    }
    String original = untilTaken(node, head("GET", path), new byte[0]).uploadedPath();
    acknowledged.put(original, file);
  }

  private static String head(String method, String path) {
    return method + " " + path + " HTTP/1.1\r\nTus-Resumable: 1.0.0\r\n";
  }

  /** How many bytes are there after one more piece, or its failure. */
  private int patched(int node, String path, byte[] file, int from)
      throws IOException, InterruptedException {
    int end = Math.min(from + file.length / 3 + 1, file.length);
    String head =
        head("PATCH", path)
            + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: "
            + from
            + "\r\n";
    Optional<Answer> answer = once(node, head, Arrays.copyOfRange(file, from, end));
    if (answer.isPresent() && answer.get().status() == 204) {
      return end;
    }
    answer
        .filter(one -> one.status() != 503 && one.status() != 409 && one.status() != 423)
        .ifPresent(one -> wrong.add("A piece: " + one));
    Answer told = untilTaken(node, head("HEAD", path), new byte[0]);
    if (told.status() != 200) {
      wrong.add("A question for the offset: " + told);
      throw new IOException("The upload is lost");
    }
    int there = Integer.parseInt(told.header("Upload-Offset").orElseThrow());
    assertThat(there).as("what was acknowledged").isBetween(from, file.length);
    return there;
  }

  /** Sends a request until it is accepted, or refused for a reason other than being too early. */
  private Answer untilTaken(int node, String head, byte[] body)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      Optional<Answer> answer = once(node, head, body);
      if (answer.isPresent() && !isToComeAgain(answer.get())) {
        return answer.get();
      }
      Thread.sleep(100);
    }
    throw new IOException("Not taken for too long");
  }

  /** A page's form is sent on with that, to the page that it is to return to. */
  private static boolean isToComeAgain(Answer answer) {
    return answer.status() == 503
        || answer.status() == 423
        || answer
            .header("Location")
            .filter(url -> url.contains("error_code=server_error"))
            .isPresent();
  }

  /** Sends it to a node, or to one that takes connections; empty when it was cut. */
  private Optional<Answer> once(int node, String head, byte[] body)
      throws IOException, InterruptedException {
    for (int i = node; ; i++) {
      try (RawConnection connection = RawConnection.to(nodes.get(i))) {
        return sent(connection, head, body);
      } catch (ConnectException e) {
        // The balancer tries the next one.
        Thread.sleep(i - node < nodes.all().size() ? 0 : 50);
      }
    }
  }

  private Optional<Answer> sent(RawConnection connection, String head, byte[] body) {
    Optional<Answer> answer;
    try {
      connection
          .send(
              head
                  + "Host: localhost\r\nConnection: close\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
          .send(body);
      answer = head.startsWith("HEAD") ? connection.answerToHead() : connection.answer();
    } catch (IOException e) {
      answer = Optional.empty();
    }
    if (answer.isEmpty()) {
      cut.incrementAndGet();
    } else if (isToComeAgain(answer.get())) {
      later.incrementAndGet();
    }
    if (answer.isPresent() && answer.get().status() == 503) {
      assertThat(answer.get().header("Retry-After")).isPresent();
    }
    return answer;
  }

  /** Has them end with the files that they have begun. */
  void end() throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      thread.join(PATIENCE_NANOS / 1_000_000);
      assertThat(thread.isAlive()).as("a visitor still waits").isFalse();
    }
  }

  /** Says in the test's output how much there was of what. */
  void tell(String what) {
    System.out.printf(
        "%s: %d photos of %d tokens, %d requests cut, %d to be tried later%n",
        what, acknowledged.size(), tokens.size(), cut.get(), later.get());
  }

  /** Nothing was answered in a wrong way. */
  void assertNothingWrong() {
    assertThat(wrong).isEmpty();
  }

  /**
   * All that was acknowledged is there, byte for byte, at each node; each file made one photo; and
   * no use is out.
   */
  void assertAllKept() {
    int node = 0;
    for (Map.Entry<String, byte[]> one : acknowledged.entrySet()) {
      assertThat(ApiClient.of(nodes.get(node++)).get(one.getKey()).body())
          .as(one.getKey())
          .isEqualTo(one.getValue());
    }
    int spent = 0;
    for (String token : tokens) {
      Await.until("the uses", () -> nodes.told(0, token, "uploads_in_progress").equals("0"));
      spent += USES - Integer.parseInt(nodes.told(1, token, "uploads_left"));
    }
    assertThat(spent).isEqualTo(acknowledged.size());
  }

  @Override
  public void close() {
    isOver = true;
  }
}
