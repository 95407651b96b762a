package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
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
    "127.0.0.1, localhost, false",
  })
  void trustsTheAddressesOfItsBlocks(String block, String address, boolean trusted) {
    assertThat(new Proxies(List.of(block)).trusts(address)).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129"})
  void refusesWhatIsNoBlock(String block) {
    assertThatThrownBy(() -> new Proxies(List.of(block)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(block);
  }
}
