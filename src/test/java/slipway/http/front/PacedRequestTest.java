package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.http.BrokenBodyException;
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

  /** What a container has received of the unread body, whether content or framing. */
  private int available;

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
                          case "getHeader" -> length < 0 ? "chunked" : null;
                          case "getInputStream" -> body();
                          default -> null;
                        }),
            rules);
    paced.attach();
    return paced;
  }

  private ServletInputStream body() {
    return new ServletInputStream() {
      @Override
      public int available() {
        return available;
      }

      @Override
      public int read() {
        return available-- > 0 ? 'x' : -1;
      }

      @Override
      public boolean isFinished() {
        return false;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new IllegalStateException();
      }
    };
  }

  /** Tomcat counts the framing among what is there. */
  @Test
  void takesAPlaceForABodyInChunksThoughSomethingOfItIsThere() throws IOException {
    available = 5;
    PacedRequest first = request(-1);
    PacedRequest second = request(-1);
    assertThat(first.getInputStream().read()).isEqualTo('x');
    assertThatThrownBy(() -> second.getInputStream().read())
        .isInstanceOf(BrokenBodyException.class);
    assertThat(request(5).getInputStream().read()).isEqualTo('x');
  }

  @Test
  void givesThePlaceBackAsTheBodyEnds() throws IOException {
    available = 3;
    PacedRequest first = request(-1);
    assertThat(first.getInputStream().readAllBytes()).hasSize(3);
    assertThat(PacedRequest.mayBeWaitedFor(request(1))).isTrue();
  }

  @Test
  void takesNoneForUploadsThatHaveASlotUntilTheyGiveItBack() throws IOException {
    available = 100;
    PacedRequest first = request(1000);
    assertThat(PacedRequest.mayBeWaitedFor(first)).isTrue();
    PacedRequest upload = request(-1);
    BodyWait.admit(upload, true);
    assertThat(upload.getInputStream().read()).isEqualTo('x');
    BodyWait.admit(upload, false);
    assertThatThrownBy(() -> upload.getInputStream().read())
        .isInstanceOf(BrokenBodyException.class);
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
