package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
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

  private final byte[] one = SampleMedia.jpeg(60, 50);
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

  private static void isToComeAgain(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
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

  /** The first client is gone; the second is another one, or the same browser in the same place. */
  @Test
  void theSecondIsComparedThoughTheFirstHasLostItsFirstChunk() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("One", one, 3));
    isToComeAgain(testAndSend("Other", other, 1));
    isRefused(testAndSend("Other", other, 2));
  }

  /** The answer to its first question was lost, and it was paused: or it is another client. */
  @Test
  void aClientIsNotToldThatAllIsThereWhereThatIsNotClearAndSendsItsFileAgain() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("One", one, 3));
    for (int i = 0; i < 3; i++) {
      isToComeAgain(i == 0 ? testAndSend("One", one, 1) : send("One", one, 1));
    }
    isReceived(testAndSend("One", one, 1));
    isReceived(testAndSend("One", one, 2));
    isStored(testAndSend("One", one, 3), one);
  }

  @Test
  void theSecondIsToldOfNoChunkOfTheFirst() {
    isReceived(send("One", one, 2));
    isReceived(send("One", one, 3));
    assertThat(test("Other", 2)).isEqualTo(204);
    assertThat(test("Other", 3)).isEqualTo(204);
    isToComeAgain(testAndSend("Other", other, 1));
    isRefused(send("Other", other, 3));
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
  void noneCompletesTheFileWhereBothHadAskedBeforeItBegan() {
    for (String who : new String[] {"One", "Other"}) {
      for (int number = 1; number <= 3; number++) {
        assertThat(test(who, number)).isEqualTo(204);
      }
    }
    isReceived(send("One", one, 1));
    isReceived(send("Other", other, 2));
    isToComeAgain(send("One", one, 3));
    isRefused(send("Other", other, 1));
  }

  @Test
  void whoHasSentEveryChunkCompletesTheFile() {
    isReceived(testAndSend("One", one, 2));
    isToComeAgain(testAndSend("One", one, 3));
    isToComeAgain(testAndSend("Other", one, 1));
    isToComeAgain(testAndSend("Other", one, 2));
    isStored(testAndSend("Other", one, 3), one);
  }

  @Test
  void aClientThatMovesToAnotherAddressCompletesItsFile() {
    isReceived(testAndSend("One", one, 1));
    assertThat(test("One", 2)).isEqualTo(204);
    isReceived(send("Other", one, 2));
    isStored(testAndSend("Other", one, 3), one);
  }

  @Test
  void aClientThatBeginsAnewSkipsWhatItHasSentOnceTheFirstChunkIsCompared() {
    isReceived(testAndSend("One", one, 1));
    isReceived(testAndSend("One", one, 2));
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(send("One", one, 1));
    assertThat(test("One", 2)).isEqualTo(200);
    isStored(testAndSend("One", one, 3), one);
  }

  /** Its first question hung, and it was asked again: the chunks in between may be another's. */
  @Test
  void aClientAtItsEndIsNotToldThatAFileIsThereOfWhichNoPhotoCanBeMade() {
    assertThat(test("One", 1)).isEqualTo(204);
    isReceived(testAndSend("One", one, 2));
    isReceived(testAndSend("One", one, 1));
    Answer last = testAndSend("One", one, 3);
    isToComeAgain(last);
    assertThat(askForTheReply("Other")).as("who sends nothing completes nothing").isEqualTo(204);
    isReceived(testAndSend("One", one, 1));
    assertThat(test("One", 2)).isEqualTo(204);
    Answer all = send("One", one, 2);
    isStored(all.json().has("upload") ? all : send("One", one, 3), one);
  }

  /** What it sent before was removed in a long pause, or refused before a restart. */
  @Test
  void aClientIsNotToldThatItsLastChunkIsThereWhereThoseBeforeAreGone() {
    isReceived(testAndSend("One", one, 2));
    for (int i = 0; i < 2; i++) {
      isToComeAgain(i == 0 ? testAndSend("One", one, 3) : send("One", one, 3));
    }
    isStored(testAndSend("One", one, 1), one);
  }
}
