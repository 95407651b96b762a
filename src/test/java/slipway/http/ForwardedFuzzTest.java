package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.HeaderRequest;
import slipway.http.limit.Proxies;
import slipway.net.AddressRange;

/** Whatever a proxy or its client says of where a request comes from and went to, it is no more. */
class ForwardedFuzzTest {
  private static final String PROXY = "10.0.0.1";
  private static final String STRANGER = "192.0.2.1";
  private static final Proxies PROXIES = new Proxies(List.of("10.0.0.0/8"));
  private static final Origins ORIGINS = new Origins(null, PROXIES);

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("a.test", "", "", "", ""),
        Arguments.of("a.test:443", "proto=https;host=\"b.test\"", "https", "c.test", "1.2.3.4"),
        Arguments.of("[::1]:80", "for=1.2.3.4, host=b;proto=ftp", "ftp", "<x>", "::1, 10.0.0.9"),
        Arguments.of("", "for=\"[::1]\";;host=;=", "http, https", "a, b", "[::1]"),
        Arguments.of("a b", "host=\"a\\\"b\"", "HTTPS", "a.test:99999", ".::"),
        Arguments.of("a@b/c", "host=\"", "javascript", "a?b#c", "localhost"),
        Arguments.of("[1]", "host=\"[::g]\"", "", "[:::::]", ""),
        Arguments.of("a.test", "host=b.test:", ":", "-._", "1.2.3, fe80::1%eth0, ::ffff:1.2.3.4"));
  }

  @MethodSource("headers")
  @FuzzTest(maxDuration = "120s")
  void isAnOriginAndAnAddressWhateverIsSaid(
      @NotNull String host,
      @NotNull String forwarded,
      @NotNull String proto,
      @NotNull String forwardedHost,
      @NotNull String forwardedFor) {
    Map<String, List<String>> headers =
        Map.of(
            "Host", List.of(host),
            "Forwarded", forwarded.isEmpty() ? List.of() : List.of(forwarded),
            "X-Forwarded-Proto", List.of(proto),
            "X-Forwarded-Host", List.of(forwardedHost),
            "X-Forwarded-For", List.of(forwardedFor));
    checkOrigin(HeaderRequest.of(PROXY, headers));
    checkClient(HeaderRequest.of(PROXY, headers), forwardedFor);

    HttpServletRequest stranger = HeaderRequest.of(STRANGER, headers);
    assertThat(PROXIES.client(stranger)).isEqualTo(STRANGER);
    assertThat(PROXIES.isLocal(stranger)).isFalse();
    assertThat(ORIGINS.of(stranger))
        .isEqualTo(ORIGINS.of(HeaderRequest.of(STRANGER, Map.of("Host", List.of(host)))));
  }

  private static void checkOrigin(HttpServletRequest request) {
    String url = ORIGINS.text(request);
    assertThat(url).matches("https?://[a-z0-9._:\\[\\]-]+");
    URI uri = URI.create(url + "/files/");
    assertThat(uri.getRawAuthority()).isEqualTo(ORIGINS.of(request).authority());
    assertThat(uri.getRawPath()).isEqualTo("/files/");
  }

  private static void checkClient(HttpServletRequest request, String said) {
    String client = PROXIES.client(request);
    InetAddress address = AddressRange.address(client).orElseThrow();
    assertThat(address.getHostAddress()).isEqualTo(client);
    if (!client.equals(PROXY)) {
      assertThat(said.split(",", -1))
          .anyMatch(hop -> AddressRange.address(hop.strip()).equals(Optional.of(address)));
    }
    assertThat(PROXIES.countedAs(request)).isNotEmpty().doesNotContainAnyWhitespaces();
  }
}
