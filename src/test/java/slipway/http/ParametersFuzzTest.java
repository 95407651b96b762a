package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the parameters say, they are read as they were written, or refused by name. {@code
 * JAZZER_FUZZ=1 mvn surefire:test@fuzz -Dtest=ParametersFuzzTest#<method>} looks for more inputs,
 * here as in every other fuzz test.
 */
class ParametersFuzzTest {
  private static final String NAME = "the_name";
  private static final Parameter<Long> ID = Parameter.id(NAME);
  private static final Parameter<List<Long>> IDS = Parameter.ids(NAME);
  private static final Parameter<Integer> INTEGER = Parameter.integer(NAME, 1, 10).orElse(5);
  private static final Parameter<Boolean> FLAG = Parameter.flag(NAME).orElse(true);
  private static final Parameter<Instant> MOMENT = Parameter.moment(NAME);

  @ValueSource(
      strings = {"", "a=1&b=2", "a", "=", "&&=&", "a=%e2%82%ac+x", "%", "%zz=1", "a=%ff", "a=b=c"})
  @FuzzTest(maxDuration = "120s")
  void readsAQueryAsItWasWrittenOrRefusesIt(@NotNull String query) {
    List<Map.Entry<String, String>> read;
    try {
      read = UrlEncoded.decode(query);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(query).contains("%");
      return;
    }
    String written =
        read.stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    try {
      assertThat(UrlEncoded.decode(written)).isEqualTo(wellFormed(read));
    } catch (ApiException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Half a character cannot be written in UTF-8. */
  private static List<Map.Entry<String, String>> wellFormed(List<Map.Entry<String, String>> read) {
    return read.stream()
        .map(entry -> Map.entry(wellFormed(entry.getKey()), wellFormed(entry.getValue())))
        .toList();
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @ValueSource(
      strings = {
        "",
        "0",
        "1",
        "-1",
        "+1",
        "01",
        "1,2",
        "1,,2",
        " 1 , 1 ",
        ",",
        "9223372036854775808",
        "1e3",
        "١",
        "2026-06-01",
        "2026-06-01 18:30",
        "2026-06-01T18:30:00Z",
        "2026-02-30",
        "+999999-01-01T00:00+18:00",
        "-999999999-01-01",
        "999999999999",
        "12:00"
      })
  @FuzzTest(maxDuration = "120s")
  void readsAValueWithinItsBoundsOrRefusesItByName(@NotNull String value) {
    Parameters one = one(value);
    read(() -> ID.find(one)).flatMap(id -> id).ifPresent(id -> assertThat(id).isPositive());
    read(() -> IDS.of(one))
        .ifPresent(
            ids -> {
              assertThat(ids).hasSizeLessThanOrEqualTo(100).doesNotHaveDuplicates();
              assertThat(ids).allMatch(id -> id > 0);
            });
    read(() -> INTEGER.of(one)).ifPresent(n -> assertThat(n).isBetween(1, 10));
    read(() -> FLAG.of(one)).ifPresent(flag -> assertThat(value).isIn("", flag ? "1" : "0"));
    read(() -> MOMENT.find(one)).flatMap(moment -> moment).ifPresent(this::checkMoment);
    read(() -> WebAddress.parse(NAME, value))
        .ifPresent(
            url -> {
              assertThat(url.getScheme()).containsPattern("(?i)^https?$");
              assertThat(url.toString()).isEqualTo(value).doesNotContainPattern("[\\s<>\"]");
            });
  }

  private static Parameters one(String value) {
    return Parameters.of(List.of(Map.entry(NAME, value)))
        .declaring(List.of(ID, IDS, INTEGER, FLAG, MOMENT));
  }

  private void checkMoment(Instant moment) {
    String written = Timestamps.format(moment);
    Parameters again = one(written);
    assertThat(read(() -> MOMENT.find(again)).orElseThrow())
        .as(written)
        .contains(moment.truncatedTo(ChronoUnit.SECONDS));
  }

  private interface Reading<T> {
    T read() throws ApiException;
  }

  /** What is read; empty when it is refused as it should be. */
  private static <T> Optional<T> read(Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.getMessage()).startsWith("The parameter '" + NAME + "' must be ");
      return Optional.empty();
    }
  }
}
