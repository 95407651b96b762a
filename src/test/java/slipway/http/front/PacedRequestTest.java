package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.http.limit.BodySlots;

class PacedRequestTest {
  private final BodyRules rules =
      new BodyRules(
          new Pace(1, Duration.ofSeconds(1)),
          new Pace(1, Duration.ofSeconds(1)),
          Duration.ofSeconds(1),
          new BodySlots(1, 1),
          request -> "192.0.2.1",
          request -> false);

  private PacedRequest request(long length) {
    Map<Object, Object> attributes = new HashMap<>();
    PacedRequest paced =
        new PacedRequest(
            (HttpServletRequest)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) ->
                        switch (method.getName()) {
                          case "getAttribute" -> attributes.get(arguments[0]);
                          case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                          case "getContentLengthLong" -> length;
                          default -> null;
                        }),
            rules);
    paced.attach();
    return paced;
  }

  /** However fast it comes, it holds a thread. */
  @Test
  void takesAPlaceForABodyThatIsReadOffOnly() {
    PacedRequest first = request(1000);
    PacedRequest second = request(1000);
    assertThat(PacedRequest.mayBeWaitedFor(first)).isTrue();
    assertThat(PacedRequest.mayBeWaitedFor(first)).isTrue();
    assertThat(PacedRequest.mayBeWaitedFor(second)).isFalse();
    first.endWait();
    assertThat(PacedRequest.mayBeWaitedFor(second)).isTrue();
  }

  @Test
  void takesNoneWhereThereIsNoBody() {
    assertThat(PacedRequest.mayBeWaitedFor(request(0))).isFalse();
    assertThat(PacedRequest.mayBeWaitedFor(request(1))).isTrue();
  }
}
