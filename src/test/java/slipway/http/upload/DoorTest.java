package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.http.Cors;

class DoorTest {
  @ParameterizedTest
  @CsvSource({
    "/files/*, /files/, true",
    "/files/*, /files, true",
    "/files/*, /files/0123, true",
    "/files/*, /files2/0123, false",
    "/api/photo/upload, /api/photo/upload, true",
    "/api/photo/upload, /api/photo/upload/more, false",
    "/api/photo/upload, /api/photo/update, false",
  })
  void isAtThePathsOfItsMapping(String mapping, String path, boolean isThere) {
    assertThat(Door.at(mapping, "POST").isAt(path)).isEqualTo(isThere);
  }

  @Test
  void isShutToPagesOfOtherOriginsUnlessItSaysOtherwise() {
    assertThat(Door.at("/a", "POST").cors()).isEqualTo(Cors.NONE);
    assertThat(Door.at("/a", "GET", "POST").openToPages("Location", "Tus-Version").cors())
        .isEqualTo(new Cors("GET, POST, OPTIONS", "Location, Tus-Version"));
  }
}
