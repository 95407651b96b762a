package slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.HeaderRequest;

class ProxiesTest {
  private static final Proxies PROXIES = new Proxies(List.of("10.0.0.0/9", "fd00::1"));

  /** A request from a peer, with values of X-Forwarded-For. */
  private static HttpServletRequest request(String peer, String... forwarded) {
    return HeaderRequest.of(peer, Map.of("X-Forwarded-For", List.of(forwarded)));
  }

  @Test
  void believesNobodyButTheProxies() {
    assertThat(PROXIES.client(request("192.0.2.1", "203.0.113.9"))).isEqualTo("192.0.2.1");
    assertThat(PROXIES.client(request("10.128.0.1", "203.0.113.9"))).isEqualTo("10.128.0.1");
    assertThat(PROXIES.client(request("10.127.0.1", "203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(PROXIES.client(request("fd00::1", "203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(PROXIES.client(request("fd00::2", "203.0.113.9"))).isEqualTo("fd00::2");
  }

  @Test
  void takesTheLastAddressThatNoProxyHas() {
    String[] chain = {"1.1.1.1, 203.0.113.9", "10.0.0.7,10.0.0.8"};
    assertThat(PROXIES.client(request("10.0.0.9", chain))).isEqualTo("203.0.113.9");
    assertThat(PROXIES.client(request("10.0.0.9", "10.0.0.7"))).isEqualTo("10.0.0.7");
    assertThat(PROXIES.client(request("10.0.0.9", "1.1.1.1, unknown, 10.0.0.8")))
        .isEqualTo("10.0.0.8");
    assertThat(PROXIES.client(request("10.0.0.9"))).isEqualTo("10.0.0.9");
  }

  @Test
  void countsANetworkOfIpv6AsOneClient() {
    String first = PROXIES.countedAs(request("2001:db8:1:2::1"));
    assertThat(PROXIES.countedAs(request("2001:db8:1:2:ffff::9"))).isEqualTo(first);
    assertThat(PROXIES.countedAs(request("2001:db8:1:3::1"))).isNotEqualTo(first);
    assertThat(PROXIES.countedAs(request("192.0.2.1"))).isEqualTo("192.0.2.1");
  }

  @Test
  void takesNoForwardedRequestForALocalOne() {
    assertThat(PROXIES.isLocal(request("127.0.0.1"))).isTrue();
    assertThat(PROXIES.isLocal(request("0:0:0:0:0:0:0:1"))).isTrue();
    assertThat(PROXIES.isLocal(request("192.0.2.1"))).isFalse();
    assertThat(PROXIES.isLocal(request("127.0.0.1", "203.0.113.9"))).isFalse();
    Proxies local = new Proxies(List.of("127.0.0.1"));
    assertThat(local.isLocal(request("127.0.0.1", "203.0.113.9"))).isFalse();
    assertThat(local.isLocal(request("127.0.0.1", "127.0.0.1"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "1.2.3",
        "1.2.3.256",
        "::g",
        ".::",
        "/8",
        "::1/129",
        "10.0.0.0/-1",
        "10.0.0.0/x"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> new Proxies(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slipway.proxies")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.1, ::ffff:127.0.0.1, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "::1, [::1], true",
    "fd00::/8, fdab::1, true",
    "fd00::/8, fe80::1, false",
    "0.0.0.0/0, ::1, false",
    "::/0, 9.9.9.9, false",
    "127.0.0.1, localhost, false",
  })
  void knowsTheAddressesOfARange(String range, String peer, boolean sent) {
    assertThat(new Proxies(List.of(range)).sent(request(peer))).isEqualTo(sent);
  }
}
