package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** With many visitors; {@link slipway.faults.KillRun} goes through every way in. */
@Tag("faults")
@ParameterizedClass
@AnyContainer
class RestartIT {
  @Parameter Container container;

  private static String token(Server server, int maxUploads) {
    Map<String, String> parameters =
        Map.of("return_url", "http://a.test/", "max_uploads", Integer.toString(maxUploads));
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", parameters)
        .xml("/response/upload_token");
  }

  private static Answer upload(Server server, String token, byte[] jpeg) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", jpeg);
    return ApiClient.of(server).post("/api/photo/redeem-upload-token", form);
  }

  @Test
  void losesNothingItAcknowledgedWhenKilledInTheMidstOfUploads() throws InterruptedException {
    Server server = Server.mortal(container);
    String usedOnce = token(server, 2);
    String usedUp = token(server, 1);
    byte[] jpeg = SampleMedia.jpeg(16, 16);
    upload(server, usedOnce, jpeg);
    upload(server, usedUp, jpeg);
    List<String> tokens = IntStream.range(0, 40).mapToObj(i -> token(server, 10)).toList();
    Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    CountDownLatch some = new CountDownLatch(60);
    ExecutorService visitors = Executors.newFixedThreadPool(8);
    for (String token : tokens) {
      visitors.execute(() -> uploadTen(server, token, acknowledged, some));
    }
    assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
    server.kill();
    visitors.shutdown();
    assertThat(visitors.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    server.restart();
    assertThat(acknowledged.size()).isBetween(60, 399);
    ApiClient api = ApiClient.of(server);
    acknowledged.forEach((path, file) -> assertThat(api.get(path).body()).isEqualTo(file));
    forgotNoTokenAndNoUse(server, usedOnce, usedUp);
  }

  /** One has a use left, the other has none. */
  private static void forgotNoTokenAndNoUse(Server server, String usedOnce, String usedUp) {
    byte[] other = SampleMedia.jpeg(17, 17);
    assertThat(upload(server, usedUp, other).status()).isEqualTo(404);
    assertThat(upload(server, usedOnce, other).status()).isEqualTo(301);
    assertThat(upload(server, usedOnce, SampleMedia.jpeg(18, 18)).status()).isEqualTo(404);
  }

  private static void uploadTen(
      Server server, String token, Map<String, byte[]> acknowledged, CountDownLatch some) {
    try {
      for (int i = 0; i < 10; i++) {
        byte[] jpeg = SampleMedia.jpeg(100, 100);
        acknowledged.put(upload(server, token, jpeg).returnedPath(), jpeg);
        some.countDown();
      }
    } catch (UncheckedIOException e) {
      // Expected, as the server was killed.
    }
  }
}
