package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlEncodedTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void readsABodyInWhateverPiecesItComes(int size) throws ApiException {
    byte[] body =
        ("&a=1&&b+c=%c3%A6+x%3D=y&=&alone&=z&æ=€" + "&long=" + "x".repeat(700))
            .getBytes(StandardCharsets.UTF_8);
    ParameterList list = new ParameterList(null);
    UrlEncoded reader = new UrlEncoded(list);
    for (int from = 0; from < body.length; from += size) {
      int to = Math.min(body.length, from + size);
      reader.read(Arrays.copyOfRange(body, from, to), to - from);
    }
    reader.end();
    assertThat(list.all())
        .isEqualTo(
            List.of(
                Map.entry("a", "1"),
                Map.entry("b c", "æ x==y"),
                Map.entry("", ""),
                Map.entry("alone", ""),
                Map.entry("", "z"),
                Map.entry("æ", "€"),
                Map.entry("long", "x".repeat(700))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a=%4", "%zz=1", "a=%+1", "a=%-1", "a=%4&b=1", "a=%u0041"})
  void refusesWhatIsNotPercentEncoded(String form) {
    assertThatThrownBy(() -> UrlEncoded.decode(form))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("invalid percent-encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%FF", "a=%C3", "a=%ED%A0%80", "a=x%C0%AF", "a=%F5%80%80%80", "a%80=1"})
  void refusesWhatIsNotUtf8(String form) {
    assertThatThrownBy(() -> UrlEncoded.decode(form))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("The parameter 'a")
        .hasMessageEndingWith("' is not valid UTF-8.");
  }

  @Test
  void takesTheCharacterThatStandsForOthersWhereItIsMeant() throws ApiException {
    assertThat(UrlEncoded.decode("a=%EF%BF%BD")).containsExactly(Map.entry("a", "\uFFFD"));
  }

  @Test
  void tellsOfTheFirstFaultAndReadsOn() {
    assertThatThrownBy(() -> UrlEncoded.decode("ok=1&bad=%zz&worse=%FF&format=json"))
        .hasMessage("The parameter 'bad' has invalid percent-encoding.");
    assertThat(UrlEncoded.readable("bad=%zz&%4&a=%4g%41&b=%C3&format=json&c=%"))
        .containsExactly(
            Map.entry("bad", "%zz"),
            Map.entry("%4", ""),
            Map.entry("a", "%4gA"),
            Map.entry("b", "\uFFFD"),
            Map.entry("format", "json"),
            Map.entry("c", "%"));
  }

  @Test
  void endsAtTheFirstParameterTooMany() throws ApiException {
    assertThat(UrlEncoded.decode("a&".repeat(1000) + "&&&")).hasSize(1000);
    assertThatThrownBy(() -> UrlEncoded.decode("a&".repeat(1000) + "b&%"))
        .hasMessageContaining("at most 1000");
  }
}
