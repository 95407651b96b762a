package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** A file in chunks, as Resumable.js sends them, in any order; the first is requested first. */
final class ChunkSending extends Sending {
  static final int CHUNK = 32 * 1024;

  private final List<Integer> order;
  private final Set<Integer> acknowledged = new HashSet<>();

  /**
   * A file in chunks.
   *
   * @param order the numbers of all chunks, from 1
   */
  ChunkSending(Server server, String token, byte[] file, List<Integer> order) {
    super(server, token, file);
    this.order = order;
  }

  static ChunkSending inOrder(Server server, String token, byte[] file) {
    List<Integer> order = IntStream.rangeClosed(1, count(file.length)).boxed().toList();
    return new ChunkSending(server, token, file, order);
  }

  /** How many chunks the server said it has. */
  int acknowledged() {
    return acknowledged.size();
  }

  static int count(int length) {
    return Math.max(length / CHUNK, 1);
  }

  @Override
  String send() {
    assertAcknowledgedAreThere();
    Answer first = ask(1);
    for (int number : order) {
      Answer answer = number == 1 ? first : ask(number);
      if (answer.status() != 200) {
        answer = post(number);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      }
      acknowledged.add(number);
      if (answer.json().has("upload")) {
        return answer.uploadedPath();
      }
    }
    throw new AssertionError("All chunks are there, but no photo");
  }

  /** The server has each one sent again, to compare it, so that its answers do not say. */
  private void assertAcknowledgedAreThere() {
    try (DataFolder data = new DataFolder(server.data())) {
      data.received(token, id)
          .ifPresent(
              received ->
                  assertThat(acknowledged)
                      .as("acknowledged chunks, of which there are the bytes " + received)
                      .allMatch(number -> covers(received, number)));
    }
  }

  private boolean covers(String received, int number) {
    long first = (number - 1L) * CHUNK;
    return Arrays.stream(received.split(","))
        .filter(range -> !range.isEmpty())
        .map(range -> range.split("-"))
        .anyMatch(
            range -> Long.parseLong(range[0]) <= first && Long.parseLong(range[1]) >= end(number));
  }

  private int end(int number) {
    return number == order.size() ? file.length : number * CHUNK;
  }

  /** Sends the first chunk only. */
  void begin() {
    Answer answer = post(1);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    acknowledged.add(1);
  }

  private Answer ask(int number) {
    Map<String, String> fields = fields(number);
    int size = end(number) - (number - 1) * CHUNK;
    fields.put("resumableCurrentChunkSize", Integer.toString(size));
    return ApiClient.of(server).get(REDEEM, fields);
  }

  private Answer post(int number) {
    Multipart form = new Multipart();
    fields(number).forEach(form::field);
    byte[] chunk = Arrays.copyOfRange(file, (number - 1) * CHUNK, end(number));
    return ApiClient.of(server).post(REDEEM, form.file("file", "blob", "image/jpeg", chunk));
  }

  /** What the request for that chunk says of it. */
  Map<String, String> fields(int number) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token);
    fields.put("resumableChunkNumber", Integer.toString(number));
    fields.put("resumableChunkSize", Integer.toString(CHUNK));
    fields.put("resumableTotalSize", Integer.toString(file.length));
    fields.put("resumableIdentifier", id);
    fields.put("resumableFilename", "a.jpg");
    return fields;
  }
}
