package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import slipway.http.limit.Proxies;

class ListLimitTest {
  private static final int FAR_TOO_MANY = 200;

  private int refused;
  private int asked;

  private final ListLimit limit =
      new ListLimit(
          new Proxies(List.of()),
          request -> request.getHeader("Authorization") != null,
          Set.of("", "/tag"),
          (request, response) -> refused++);

  private static HttpServletRequest request(String path, String address, String key) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ListLimitTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServletPath" -> path;
                  case "getRemoteAddr" -> address;
                  case "getHeader" -> arguments[0].equals("Authorization") ? key : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Asks again while the one before is answered, until it is refused or that is far too many. */
  private int atATime(String path, String address, String key) throws Exception {
    refused = 0;
    asked = 0;
    ask(path, address, key);
    return asked;
  }

  private void ask(String path, String address, String key) throws Exception {
    limit.doFilter(
        request(path, address, key),
        null,
        (request, response) -> {
          asked++;
          if (asked < FAR_TOO_MANY) {
            try {
              ask(path, address, key);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }

  @Test
  void leavesAsManyForOthersAsAnAddressGets() throws Exception {
    assertThat(atATime("", "192.0.2.1", null)).isEqualTo(16);
    assertThat(refused).isEqualTo(1);
    assertThat(atATime("/tag", "192.0.2.1", null)).as("all were given back").isEqualTo(16);
    limit.doFilter(
        request("", "192.0.2.1", null),
        null,
        (request, response) -> {
          try {
            assertThat(atATime("", "192.0.2.2", null)).isEqualTo(15);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void boundsNothingElseAndNobodyWithAKey() throws Exception {
    assertThat(atATime("/photo", "192.0.2.1", null)).isEqualTo(FAR_TOO_MANY);
    assertThat(atATime("", "192.0.2.1", "key")).isEqualTo(FAR_TOO_MANY);
    assertThat(refused).isZero();
  }
}
