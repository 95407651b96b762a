package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
  private static boolean allows(String address, String... setting) throws UnknownHostException {
    return new AddressPolicy(List.of(setting)).isAllowed(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fec0::1", "ff02::1"
      })
  void refusesWhatIsNotPublic(String address) throws UnknownHostException {
    assertThat(allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "100.63.255.255", "100.128.0.0", "172.32.0.1", "2606:4700::1111"})
  void allowsWhatIsPublic(String address) throws UnknownHostException {
    assertThat(allows(address)).isTrue();
  }

  @Test
  void allowsWhatTheSettingNames() throws UnknownHostException {
    assertThat(allows("10.1.2.3", "10.1.0.0/16")).isTrue();
    assertThat(allows("10.2.2.3", "10.1.0.0/16")).isFalse();
    assertThat(new AddressPolicy(List.of("LocalHost")).resolve("localhost")).isNotEmpty();
    assertThat(new AddressPolicy(List.of("true")).resolve("127.0.0.1")).isNotEmpty();
    assertThatThrownBy(() -> new AddressPolicy(List.of("false")).resolve("127.0.0.1"))
        .isInstanceOf(RefusedAddressException.class);
  }
}
