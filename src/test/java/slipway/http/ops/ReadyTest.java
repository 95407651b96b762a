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
    body.reset();
    new Ready(() -> needs, Map.of()).doGet(null, response);
    return body.toString(UTF_8);
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
