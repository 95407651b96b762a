package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * Two clients that cannot be told apart send two files of one name and length at the same moment:
 * one is stored at least, and what is told as stored is one client's file.
 */
@ParameterizedClass
@AnyContainer
class TusSameMomentIT {
  private static final int ROUNDS = AnyContainer.ALL ? 20 : 6;
  private static final String[] NO_KEY = {};
  private static final String[] KEY = {"Idempotency-Key", "one"};
  private static final String BYTES = "application/offset+octet-stream";

  @Parameter Container container;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final byte[] jpeg = SampleMedia.jpeg(100, 80);
  private final byte[] other = jpeg.clone();
  private TusClient tus;

  @BeforeEach
  void client() {
    tus = new TusClient(Server.shared(container));
    for (int i = 700; i < other.length; i += 100) {
      other[i]++;
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** How a client sends a file; gives the path of what it was told to be stored. */
  @FunctionalInterface
  private interface Way {
    Optional<String> send(String token, byte[] file);
  }

  /** Says how many were stored. */
  private long together(Way way, String token) {
    CyclicBarrier start = new CyclicBarrier(2);
    Function<byte[], CompletableFuture<Boolean>> client =
        file ->
            CompletableFuture.supplyAsync(
                () -> {
                  await(start);
                  Optional<String> path = way.send(token, file);
                  path.ifPresent(stored -> assertThat(tus.original(stored)).isEqualTo(file));
                  return path.isPresent();
                },
                threads);
    return List.of(client.apply(jpeg), client.apply(other)).stream()
        .filter(CompletableFuture::join)
        .count();
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> atOnce(String token, byte[] file, int length, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 6);
    all[headers.length] = "Upload-Length";
    all[headers.length + 1] = Integer.toString(file.length);
    all[headers.length + 2] = "Upload-Metadata";
    all[headers.length + 3] = TusClient.metadata(token);
    all[headers.length + 4] = "Content-Type";
    all[headers.length + 5] = BYTES;
    Answer answer = tus.send("POST", "/files/", Arrays.copyOf(file, length), all);
    return answer.status() == 201 ? Optional.of(TusClient.path(answer)) : Optional.empty();
  }

  /** Continues as a client does that asks how far it is before each piece. */
  private Optional<String> piecewise(String path, byte[] file) {
    for (int i = 0; i < 20; i++) {
      Answer head = tus.send("HEAD", path);
      if (head.status() != 200) {
        return Optional.empty();
      }
      int offset = Integer.parseInt(head.header("Upload-Offset").orElseThrow());
      if (offset == file.length) {
        return Optional.of(path);
      }
      int end = Math.min(offset + file.length / 3 + 1, file.length);
      tus.patch(path, offset, Arrays.copyOfRange(file, offset, end));
    }
    return Optional.empty();
  }

  private Optional<String> created(String token, byte[] file, String... headers) {
    Answer answer = tus.create(token, file.length, headers);
    return answer.status() == 201 ? piecewise(TusClient.path(answer), file) : Optional.empty();
  }

  @Test
  void storesBothThatBringTheirBytesAtOnceWhereTheTokenTakesBoth() {
    for (int i = 0; i < ROUNDS; i++) {
      String token = tus.token("max_uploads", "2");
      Way way = (same, file) -> atOnce(same, file, file.length, NO_KEY);
      assertThat(together(way, token)).as("round " + i).isEqualTo(2);
    }
  }

  @Test
  void storesOneThatBringsItsBytesAtOnceWhereTheTokenTakesOne() {
    for (int i = 0; i < ROUNDS; i++) {
      for (String[] key : List.of(NO_KEY, KEY)) {
        Way way = (same, file) -> atOnce(same, file, file.length, key);
        assertThat(together(way, tus.token())).as("round " + i).isEqualTo(1);
      }
    }
  }

  /** The second may have been told an address that the first has no more: it starts over. */
  @Test
  void storesOneOfTwoThatSendPieces() {
    for (int i = 0; i < ROUNDS / 2; i++) {
      for (String[] key : List.of(NO_KEY, KEY)) {
        Way way = (same, file) -> created(same, file, key).or(() -> created(same, file, key));
        assertThat(together(way, tus.token())).as("round " + i).isEqualTo(1);
      }
      Way begun = (same, file) -> atOnce(same, file, 600, KEY).flatMap(at -> piecewise(at, file));
      assertThat(
              together(
                  (same, file) -> begun.send(same, file).or(() -> begun.send(same, file)),
                  tus.token()))
          .as("round " + i)
          .isLessThanOrEqualTo(1);
    }
  }
}
