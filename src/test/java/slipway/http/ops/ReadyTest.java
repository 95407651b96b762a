package slipway.http.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadyTest {
  private final Map<String, Callable<Boolean>> needs = new TreeMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;

  private final HttpServletResponse response =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, args) -> {
                if (method.getName().equals("setStatus")) {
                  status = (int) args[0];
                }
                return method.getName().equals("getOutputStream") ? output() : null;
              });

  private ServletOutputStream output() {
    return new ServletOutputStream() {
      @Override
      public void write(int b) {
        body.write(b);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private String ask() throws IOException {
    return ask(new Ready(() -> needs, Map.of()));
  }

  private String ask(Ready ready) throws IOException {
    body.reset();
    ready.doGet(null, response);
    return body.toString(UTF_8);
  }

  @Test
  void findsOutOnceASecondAtMost() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    needs.put("database", () -> asked.incrementAndGet() % 2 == 1);
    Ready ready = new Ready(() -> needs, Map.of(), nanos::get);
    for (int i = 0; i < 10; i++) {
      assertThat(ask(ready)).contains("\"database\":\"ok\"");
      assertThat(status).isEqualTo(200);
      nanos.addAndGet(100_000_000);
    }
    nanos.addAndGet(1);
    assertThat(ask(ready)).contains("\"database\":\"failed\"");
    assertThat(status).isEqualTo(503);
    assertThat(asked).hasValue(2);
  }

  @Test
  void namesTheLoopThatIsDead() throws IOException {
    needs.put("outgoing", () -> true);
    needs.put("renditions", () -> false);
    assertThat(ask()).contains("\"outgoing\":\"ok\"", "\"renditions\":\"failed\"");
    assertThat(status).isEqualTo(503);
    needs.put("renditions", () -> true);
    assertThat(ask()).contains("\"renditions\":\"ok\"");
    assertThat(status).isEqualTo(200);
  }

  @Test
  void namesWhatCannotBeAskedBeItForAnError() throws IOException {
    needs.put(
        "database",
        () -> {
          throw new OutOfMemoryError("as a test has it");
        });
    assertThat(ask()).contains("\"database\":\"failed\"", "\"status\":\"failed\"");
    assertThat(status).isEqualTo(503);
  }
}
