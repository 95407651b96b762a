package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.media.Media;
import slipway.net.FilePart;

class AccelRedirectTest {
  private static final Path MEDIA = Path.of("/data/media");
  private static final Path FILE = Path.of("/data/media/7/ab.renditions-2/small");

  private final Map<String, Object> headers = new HashMap<>();

  private boolean leave(String prefix, Path file, String method, boolean isBehindProxy) {
    return new AccelRedirect(prefix, MEDIA, request -> isBehindProxy)
        .leave(media(file), request(method), response());
  }

  /** An open file of three bytes. */
  private static Media media(Path file) {
    return (Media)
        Proxy.newProxyInstance(
            AccelRedirectTest.class.getClassLoader(),
            new Class<?>[] {Media.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "size" -> 3L;
                  case "part" -> Optional.ofNullable(file).map(path -> new FilePart(path, 0, 3));
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private static HttpServletRequest request(String method) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            AccelRedirectTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) -> method);
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, called, arguments) ->
                arguments.length == 2 ? headers.put((String) arguments[0], arguments[1]) : null);
  }

  @Test
  void namesAFileBelowThePrefix() {
    assertThat(leave("/m/", FILE, "GET", true)).isTrue();
    assertThat(headers).containsEntry("X-Accel-Redirect", "/m/7/ab.renditions-2/small");
  }

  @Test
  void namesNothingToWhoCannotFollow() {
    assertThat(leave(null, FILE, "GET", true)).isFalse();
    assertThat(leave("/m/", Path.of("/data/other/7/ab"), "GET", true)).isFalse();
    assertThat(leave("/m/", null, "GET", true)).as("a store elsewhere").isFalse();
    assertThat(leave("/m/", FILE, "HEAD", true)).isFalse();
    assertThat(leave("/m/", FILE, "GET", false)).isFalse();
    assertThat(headers).isEmpty();
  }
}
