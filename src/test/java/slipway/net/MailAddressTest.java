package slipway.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ann@example.com, ann@example.com",
    "Ann.O'Hara+slipway@Mail.Example.com, Ann.O'Hara+slipway@Mail.Example.com",
    "root@localhost, root@localhost",
    "ann@bücher.example, ann@xn--bcher-kva.example",
  })
  void isSaidInAscii(String address, String ascii) {
    assertThat(MailAddress.ascii(address)).contains(ascii);
  }

  static String[] longAddresses() {
    String label = "a".repeat(62) + ".";
    return new String[] {
      "a".repeat(65) + "@b.test",
      "a@" + label.repeat(4) + "test",
      "a".repeat(60) + "@" + "ü.".repeat(60)
    };
  }

  @ParameterizedTest
  @MethodSource("longAddresses")
  @ValueSource(
      strings = {
        "",
        "ann",
        "@b.test",
        "ann@",
        "ann@b.test,bob@b.test",
        "ann@b.test;bob@b.test",
        "ann@b.test bob@b.test",
        "ann@b@c.test",
        "Ann <ann@b.test>",
        "<ann@b.test>",
        "ann@b.test (Ann)",
        "\"ann\"@b.test",
        ".ann@b.test",
        "ann.@b.test",
        "an..n@b.test",
        "ann@[192.0.2.1]",
        "ann@[::1]",
        "ann@b..test",
        "ann@-b.test",
        "ann@straße.test",
        "ann@b_c.test",
        "ann@192.0.2.1",
        "ann@１９２.0.2.1",
        "å@b.test",
        "ann@b.test\r\nBcc: eve@b.test",
        "ann\r\n@b.test",
        "ann\u0000@b.test",
        "ann@b.test\n",
        "ann@b\u2028.test",
        "ann@b\uFF0Etest/x",
      })
  void isOneAddrSpecAndNothingElse(String text) {
    assertThat(MailAddress.ascii(text)).isEmpty();
  }
}
