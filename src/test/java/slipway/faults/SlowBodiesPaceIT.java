package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

/** The effect of many slow bodies on others. */
@Tag("faults")
@Tag("alone")
class SlowBodiesPaceIT {
  /** More than the threads of a container. */
  private static final int MANY = 205;

  private static final int SAMPLES = 200;
  private static final String ISSUE = "/api/photo/get-upload-token";

  private static long issueNanos(Server server) {
    long start = System.nanoTime();
    Answer answer = ApiClient.withKey(server).post(ISSUE, Map.of("return_url", "http://a.test/"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return System.nanoTime() - start;
  }

  private static long p99Millis(Server server) throws InterruptedException {
    long[] nanos = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      nanos[i] = issueNanos(server);
      Thread.sleep(10);
    }
    Arrays.sort(nanos);
    return nanos[SAMPLES * 99 / 100] / 1_000_000;
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void leaveOthersTheirPace(Container container) throws Exception {
    try (Server server = Server.on(container).measured().start()) {
      System.out.println(container + ", no attack: token p99 " + p99Millis(server) + " ms");
      for (SlowSenders.Kind kind : SlowSenders.KINDS) {
        try (SlowSenders attack = new SlowSenders(server, MANY, kind)) {
          attack.goOn();
          long p99 = p99Millis(server);
          System.out.println(container + ", " + kind + ": token p99 " + p99);
          assertThat(p99).as(kind.toString()).isLessThan(200);
        }
      }
    }
  }
}
