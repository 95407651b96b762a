package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nginx;
import slipway.harness.Nodes;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** Three servers on one PostgreSQL and one media folder, of which some race, die or sleep. */
@NeedsPostgres
@Tag("faults")
class NodesIT {
  private static final byte[] PNG = SampleMedia.png(30, 30);
  private static final int RACERS = 64;
  private static final int TOKENS = Integer.getInteger("slipway.faults.tokens", 30);
  private static final int USES = 5;

  @TempDir private static Path folder;
  private static Nodes nodes;

  @BeforeAll
  static void start() throws Exception {
    nodes = Nodes.start(3, folder);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  private static String token(String uses) {
    return new TusClient(nodes.get(0), Nodes.KEY).token("max_uploads", uses);
  }

  /** A different one for each number, as the same file again gets the first photo. */
  private static byte[] file(int number) {
    return SampleMedia.png(31 + number, 30);
  }

  private static boolean isTaken(Answer answer) {
    assertThat(answer.status()).isLessThan(500);
    return answer.status() == 301 && answer.locationParameters().containsKey("photo_id");
  }

  @Test
  void takeNoMoreUploadsThanTokensAreGoodForHoweverManyRace() throws Exception {
    for (int round = 0; round < TOKENS; round++) {
      String token = token(Integer.toString(USES));
      List<Boolean> taken =
          AtOnce.run(RACERS, i -> () -> isTaken(nodes.redeem(i, token, null, file(i))));
      int count = (int) taken.stream().filter(each -> each).count();
      assertThat(count).isLessThanOrEqualTo(USES);
      for (int i = count; i < USES; i++) {
        assertThat(isTaken(nodes.redeem(i, token, null, file(RACERS + i)))).isTrue();
      }
      assertThat(isTaken(nodes.redeem(1, token, null, file(2 * RACERS)))).isFalse();
      assertThat(nodes.told(round, token, "state")).isEqualTo("used_up");
    }
  }

  /** As from a balancer that knows nothing about tokens: each to the next node. */
  @Test
  void takeNoMoreUploadsThroughABalancerThanATokenIsGoodFor() throws Exception {
    try (Nginx balancer = Nginx.before(nodes.all())) {
      String token = token(Integer.toString(USES));
      List<Boolean> taken =
          AtOnce.run(RACERS, i -> () -> isTaken(redeem(balancer.client(), token, file(i))));
      int count = (int) taken.stream().filter(each -> each).count();
      assertThat(count).isBetween(1, USES);
      for (int i = count; i < USES; i++) {
        assertThat(isTaken(redeem(balancer.client(), token, file(RACERS + i)))).isTrue();
      }
      assertThat(isTaken(redeem(balancer.client(), token, file(2 * RACERS)))).isFalse();
    }
  }

  private static Answer redeem(ApiClient visitor, String token, byte[] file) {
    return visitor.post(
        "/api/photo/redeem-upload-token",
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", file));
  }

  private static void signal(String name, Server server) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** The head and some of the body of a form that brings a file. */
  private static void sendHalf(RawConnection connection, String token) throws IOException {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + token
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n";
    connection
        .send(
            "POST /api/photo/redeem-upload-token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                + (body.getBytes(StandardCharsets.UTF_8).length + PNG.length + 7)
                + "\r\n\r\n")
        .send(body)
        .send(Arrays.copyOf(PNG, 40));
  }

  @Test
  void giveTheUsesBackOfOneThatIsKilled() throws Exception {
    String token = token("1");
    try (RawConnection connection = RawConnection.to(nodes.get(1))) {
      sendHalf(connection, token);
      Await.until("the use", () -> nodes.told(0, token, "uploads_in_progress").equals("1"));
      nodes.get(1).kill();
    }
    long killed = System.nanoTime();
    assertThat(isTaken(nodes.redeem(0, token, null, PNG))).isFalse();
    // It is silent for 30 s before it counts as dead.
    while (!isTaken(nodes.redeem(2, token, null, PNG))) {
      assertThat(System.nanoTime() - killed).isLessThan(60_000_000_000L);
      Thread.sleep(500);
    }
    assertThat(nodes.told(0, token, "state")).isEqualTo("used_up");
    nodes.get(1).restart();
    assertThat(isTaken(nodes.redeem(1, token, null, file(0)))).isFalse();
  }

  @Test
  void takeNothingFromOneThatSleptWhileAnotherWentOn() throws Exception {
    TusClient sleeper = new TusClient(nodes.get(2), Nodes.KEY);
    TusClient other = new TusClient(nodes.get(0), Nodes.KEY);
    String path = sleeper.created(token("1"), PNG.length);
    assertThat(sleeper.patch(path, 0, Arrays.copyOf(PNG, 20)).status()).isEqualTo(204);
    signal("STOP", nodes.get(2));
    try {
      long stopped = System.nanoTime();
      while (other.send("HEAD", path).status() != 200) {
        assertThat(System.nanoTime() - stopped).isLessThan(60_000_000_000L);
        Thread.sleep(500);
      }
      assertThat(other.offset(path)).isEqualTo(20);
    } finally {
      signal("CONT", nodes.get(2));
    }
    Answer late = sleeper.patch(path, 20, Arrays.copyOfRange(PNG, 20, 30));
    // It does not know yet, or does, and has the upload back before it takes a byte.
    assertThat(late.status()).isIn(503, 204);
    int there = late.status() == 204 ? 30 : 20;
    Await.until("its offset", () -> other.send("HEAD", path).status() == 200);
    assertThat(other.offset(path)).isEqualTo(there);
    byte[] rest = Arrays.copyOfRange(PNG, there, PNG.length);
    Await.until("its end", () -> other.patch(path, there, rest).status() == 204);
    Await.until("the end there", () -> sleeper.send("HEAD", path).status() == 200);
    assertThat(sleeper.offset(path)).isEqualTo(PNG.length);
  }
}
