package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    return request(path, address, key, "GET", null);
  }

  private static HttpServletRequest request(
      String path, String address, String key, String method, String query) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ListLimitTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getQueryString" -> query;
                  case "getServletPath" -> path;
                  case "getRemoteAddr" -> address;
                  case "getHeader" -> arguments[0].equals("Authorization") ? key : null;
                  default -> throw new UnsupportedOperationException(called.getName());
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

  /** Each asks while the one before is answered. */
  private void askFromEach(List<HttpServletRequest> requests) throws Exception {
    if (!requests.isEmpty()) {
      limit.doFilter(
          requests.get(0),
          null,
          (request, response) -> {
            asked++;
            try {
              askFromEach(requests.subList(1, requests.size()));
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, p=2900", "POST,"})
  void leavesPlacesForTheFrontPageHoweverManyAddressesSearch(String method, String query)
      throws Exception {
    List<HttpServletRequest> many = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      many.add(request("", "192.0.2." + i, null, method, query));
    }
    many.add(request("", "198.51.100.1", null));
    many.add(request("", "198.51.100.2", null, method, query));
    for (int round = 0; round < 2; round++) {
      asked = 0;
      refused = 0;
      askFromEach(many);
      assertThat(asked).isEqualTo(25);
      assertThat(refused).isEqualTo(1);
    }
  }

  @Test
  void boundsNothingElseAndNobodyWithAKey() throws Exception {
    assertThat(atATime("/photo", "192.0.2.1", null)).isEqualTo(FAR_TOO_MANY);
    assertThat(atATime("", "192.0.2.1", "key")).isEqualTo(FAR_TOO_MANY);
    assertThat(refused).isZero();
  }
}
