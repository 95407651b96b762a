package slipway.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A request to a store, which is yet to be passed on, and its answer. */
final class StoreExchange {
  private static final int NO_CONTENT = 204;

  private final HttpHead head;
  private final BucketRequest request;
  private final StoreWires client;
  private final StoreWires store;

  /** Both directions of a connection. */
  record StoreWires(InputStream in, OutputStream out) {}

  StoreExchange(HttpHead head, StoreWires client, StoreWires store) {
    this.head = head;
    this.request = BucketRequest.of(head);
    this.client = client;
    this.store = store;
  }

  BucketRequest request() {
    return request;
  }

  /** Passes all of it on, and the answer back. */
  void passOn() throws IOException {
    passRequest();
    give(answer());
  }

  /** Gives the client some of an answer, or all. */
  void give(byte[] answer) throws IOException {
    client.out().write(answer);
  }

  void passRequest() throws IOException {
    head.write(store.out());
    head.copyBody(client.in(), store.out());
  }

  /** Passes the head and some of the body on. */
  void passSome(long bytes) throws IOException {
    head.write(store.out());
    HttpHead.copy(client.in(), store.out(), Math.min(bytes, head.bytes()));
  }

  /** All of what the store answers. */
  byte[] answer() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    HttpHead answer = HttpHead.read(store.in()).orElseThrow(EOFException::new);
    answer.write(all);
    int status = Integer.parseInt(answer.first().split(" ", 3)[1]);
    if (!head.first().startsWith("HEAD ") && status != NO_CONTENT) {
      answer.copyBody(store.in(), all);
    }
    return all.toByteArray();
  }

  /** Answers in place of the store, which does not get it. */
  void refuse(int status, String code) throws IOException {
    head.copyBody(client.in(), OutputStream.nullOutputStream());
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, "made to happen");
    String answer =
        "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                status,
                code,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)),
                body.length());
    String all = head.first().startsWith("HEAD ") ? answer : answer + body;
    client.out().write(all.getBytes(StandardCharsets.ISO_8859_1));
  }
}
