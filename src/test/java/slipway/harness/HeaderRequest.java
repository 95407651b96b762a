package slipway.harness;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A GET request without a container around it, for what looks at its headers only. */
public final class HeaderRequest {
  private HeaderRequest() {}

  /**
   * A request to {@code http://slipway.test:8080/files/}.
   *
   * @param peer the IP address it comes from
   * @param headers the values of each header
   */
  public static HttpServletRequest of(String peer, Map<String, List<String>> headers) {
    Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HeaderRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMethod" -> "GET";
                  case "getScheme" -> "http";
                  case "getServerName" -> "slipway.test";
                  case "getServerPort" -> 8080;
                  case "getRequestURI" -> "/files/";
                  case "getQueryString", "getPathInfo" -> null;
                  case "getRemoteAddr" -> peer;
                  case "getContentType" -> first(byName, "Content-Type");
                  case "getHeader" -> first(byName, (String) arguments[0]);
                  case "getHeaders" ->
                      Collections.enumeration(byName.getOrDefault(arguments[0], List.of()));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
  }
}
