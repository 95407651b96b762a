package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.photo.RenditionSize.Dimensions;

class RenditionSizeTest {
  @ParameterizedTest
  @CsvSource({
    "SMALL, 4000, 3000, 200, 150",
    "SMALL, 3000, 4000, 200, 267",
    "SMALL, 120, 4000, 120, 4000",
    "LARGE, 1280, 720, 1280, 720",
    "LARGE, 1281, 720, 1280, 719",
    "STANDARD, 60000, 10, 600, 1",
    "QUAD50, 4000, 3000, 50, 50",
    "QUAD50, 40, 30, 30, 30",
  })
  void fitsTheOriginalAndNeverGrows(RenditionSize size, int w, int h, int width, int height) {
    assertThat(size.of(w, h)).isEqualTo(new Dimensions(width, height));
  }
}
