package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/**
 * Two clients with files of one identifier and size that differ, of three chunks each: no client is
 * told that its chunk is there when another's is, and no photo is made of both.
 */
@ParameterizedClass
@AnyContainer
class MixedFilesIT {
  private static final String PREFIX = "resumable";

  @Parameter Container container;

  private final byte[] one = SampleMedia.jpeg(61, 53);
  private final byte[] other = one.clone();
  private final int third = one.length / 3;
  private ApiClient client;
  private String token;

  @BeforeEach
  void begin() {
    Server server = Server.shared(container);
    client = ApiClient.of(server);
    token = new Visits(server).token();
    for (int i = 10; i < other.length; i += 5) {
      other[i] += (byte) 1;
    }
  }

  private int end(int number) {
    return number == 3 ? one.length : number * third;
  }

  private HttpRequest.Builder request(String who, int number) {
    return request(who, fields(number));
  }

  private HttpRequest.Builder request(String who, Map<String, String> fields) {
    String path = Visits.REDEEM + "?" + ApiClient.urlencoded(fields);
    return client.request(path).header("User-Agent", who);
  }

  private int askForTheReply(String who) {
    Map<String, String> fields = new HashMap<>(fields(1));
    fields.remove(PREFIX + "CurrentChunkSize");
    return client.send(request(who, fields).GET()).status();
  }

  private Map<String, String> fields(int number) {
    int first = (number - 1) * third;
    return Visits.map(
        "upload_token",
        token,
        PREFIX + "Identifier",
        "a",
        PREFIX + "ChunkNumber",
        Integer.toString(number),
        PREFIX + "ChunkSize",
        Integer.toString(third),
        PREFIX + "CurrentChunkSize",
        Integer.toString(end(number) - first),
        PREFIX + "TotalSize",
        Integer.toString(one.length));
  }

  private int test(String who, int number) {
    return client.send(request(who, number).GET()).status();
  }

  private Answer send(String who, byte[] file, int number) {
    byte[] chunk = Arrays.copyOfRange(file, (number - 1) * third, end(number));
    return client.send(request(who, number).POST(BodyPublishers.ofByteArray(chunk)));
  }

  /** Asks for a chunk, and sends it. */
  private Answer testAndSend(String who, byte[] file, int number) {
    assertThat(test(who, number)).isEqualTo(204);
    return send(who, file, number);
  }

  private static void isReceived(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().has("upload")).as(answer.text()).isFalse();
  }

  private void isRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(415);
    Stored stored = new Stored(Server.shared(container), token);
    stored.isExactly();
    assertThat(stored.usesLeft()).isEqualTo(1);
  }

  private void isStored(Answer answer, byte[] file) {
    assertThat(client.get(answer.uploadedPath()).body()).isEqualTo(file);
  }

  /** Sends a chunk that makes the file whole, and whose answer waits for what shows whose it is. */
  private CompletableFuture<Answer> sendInDoubt(String who, byte[] file, int number) {
    assertThat(test(who, number)).isEqualTo(204);
    return CompletableFuture.supplyAsync(() -> send(who, file, number));
  }

  /** The first client is gone; the second is another one, or the same browser in the same place. */
  @Test
  void theSecondIsComparedThoughTheFirstHasLostItsFirstChunk() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("One", one, 3));
    CompletableFuture<Answer> last = sendInDoubt("Other", other, 1);
    isRefused(testAndSend("Other", other, 2));
    isRefused(last.join());
  }

  /** The answer to its first question was lost, and it was paused: or it is another client. */
  @Test
  void aClientThatBeganTwiceGetsThePhotoOnceAChunkIsCompared() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("One", one, 3));
    CompletableFuture<Answer> last = sendInDoubt("One", one, 1);
    assertThat(testAndSend("One", one, 2).status()).isEqualTo(200);
    isStored(last.join(), one);
  }

  @Test
  void theSecondIsToldOfNoChunkOfTheFirst() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(send("One", one, 2));
    isReceived(send("One", one, 3));
    assertThat(test("Other", 2)).isEqualTo(204);
    assertThat(test("Other", 3)).isEqualTo(204);
    CompletableFuture<Answer> last = sendInDoubt("Other", other, 1);
    isRefused(send("Other", other, 3));
    isRefused(last.join());
  }

  @Test
  void theSecondIsComparedWhereOnlyALaterChunkDiffers() {
    byte[] later = one.clone();
    System.arraycopy(other, third, later, third, other.length - third);
    isReceived(testAndSend("One", one, 1));
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("Other", later, 1));
    isRefused(testAndSend("Other", later, 2));
  }

  @Test
  void noPhotoIsMadeOfTwoThatHadAskedBeforeItBegan() {
    for (String who : new String[] {"One", "Other"}) {
      for (int number = 1; number <= 3; number++) {
        assertThat(test(who, number)).isEqualTo(204);
      }
    }
    isReceived(send("One", one, 1));
    isReceived(send("Other", other, 2));
    CompletableFuture<Answer> last = sendInDoubt("One", one, 3);
    isRefused(send("Other", other, 1));
    isRefused(last.join());
  }

  @Test
  void theSameFileOfTwoIsOnePhotoOfWhichBothAreTold() {
    isReceived(testAndSend("One", one, 1));
    assertThat(test("Other", 1)).isEqualTo(204);
    isReceived(testAndSend("Other", one, 2));
    CompletableFuture<Answer> last = sendInDoubt("One", one, 3);
    assertThat(send("Other", one, 1).status()).isEqualTo(200);
    isStored(last.join(), one);
    isStored(testAndSend("Other", one, 3), one);
  }

  /** Its connection is cut while the end waits. */
  @Test
  void thePhotoIsMadeThoughTheClientIsGoneThatMadeTheFileWhole() throws IOException {
    isReceived(testAndSend("One", one, 1));
    assertThat(test("Other", 1)).isEqualTo(204);
    isReceived(testAndSend("Other", one, 2));
    byte[] chunk = Arrays.copyOfRange(one, 2 * third, one.length);
    try (RawConnection gone = RawConnection.to(Server.shared(container))) {
      gone.send(
          "POST "
              + Visits.REDEEM
              + "?"
              + ApiClient.urlencoded(fields(3))
              + " HTTP/1.1\r\nHost: a\r\nUser-Agent: One\r\nContent-Length: "
              + chunk.length
              + "\r\n\r\n");
      gone.send(chunk);
      IncomingFolder.awaitFile(Server.shared(container), one.length);
      gone.reset();
    }
    assertThat(askForTheReply("Other")).as("who sends nothing completes nothing").isEqualTo(204);
    assertThat(send("Other", one, 1).status()).isEqualTo(200);
    isStored(testAndSend("Other", one, 3), one);
  }

  @Test
  void aClientThatBeginsAnewSkipsWhatItHasSentOnceAChunkIsCompared() {
    isReceived(testAndSend("One", one, 1));
    isReceived(testAndSend("One", one, 2));
    assertThat(test("One", 1)).isEqualTo(204);
    assertThat(test("One", 2)).isEqualTo(204);
    isReceived(send("One", one, 1));
    assertThat(test("One", 2)).isEqualTo(200);
    isStored(testAndSend("One", one, 3), one);
  }
}
