package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.http.Api;
import slipway.http.Parameter;
import slipway.http.upload.chunk.ChunkRequest;
import slipway.token.TokenPurpose;

class EchoedFieldsTest {
  /** What the forms that bring a file declare. */
  static Stream<String> declared() {
    Stream<Parameter<?>> own =
        Stream.concat(
            Stream.of(TokenPurpose.values()).map(UploadParameters::token),
            Stream.of(UploadParameters.FILE));
    return Stream.of(own, ChunkRequest.PARAMETERS.stream(), Api.SHAPE.stream())
        .flatMap(parameters -> parameters)
        .map(Parameter::name);
  }

  @ParameterizedTest
  @MethodSource("declared")
  void leavesOutWhatTheDoorItselfReads(String field) {
    assertThat(EchoedFields.others(List.of(Map.entry(field, "x")))).isEmpty();
  }

  @Test
  void repeatsTheSitesOwnFieldsEachWithItsFirstValue() {
    assertThat(
            EchoedFields.others(
                List.of(
                    Map.entry("order", "7"),
                    Map.entry("", "x"),
                    Map.entry("relativePath", "a/b"),
                    Map.entry("order", "8"),
                    Map.entry("filed", "9"))))
        .containsExactly(Map.entry("order", "7"), Map.entry("filed", "9"));
  }
}
