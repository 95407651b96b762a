package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedPathTest {
  private final LoggedPath paths = new LoggedPath(List.of("/files/", "/upload/"));

  @ParameterizedTest
  @CsvSource({
    "/17/5/hyrw0123456789abcdefghijklmnopqr/original, /17/5/…/original",
    "/17/5/hyrw0123456789abcdefghijklmnopqr;x=1/original, /17/5/…;x=1/original",
    "/17/5/%68yrw0123456789abcdefghijklmnopqr/large, /17/5/…/large",
    "/photo/5/hyrw0123456789abcdefghijklmnopqr, /photo/5/…",
    "/upload/022fe6e3, /upload/…",
    "/upload/022fe6e3fb42758d6147c539727c5358af3524b1/x, /upload/…/x",
    "/media/files/a.b.c, /media/files/…",
    "/api/photo/no-such/022fe6e3fb42758d6147c539727c5358af3524b1, /api/photo/no-such/…",
    "/assets/slipway.css, /assets/slipway.css",
    "/webjars/picocss__pico/2.1.1/css/pico.min.css, /webjars/picocss__pico/2.1.1/css/pico.min.css",
    "/files, /files",
  })
  void leavesOutWhatMayBeASecret(String path, String logged) {
    assertThat(paths.masked(path)).isEqualTo(logged);
  }
}
