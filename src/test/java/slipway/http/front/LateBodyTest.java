package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import slipway.http.limit.RequestMemory;
import slipway.net.FilePart;

class LateBodyTest {
  private static final FilePart FILE = new FilePart(Path.of("/data/a"), 0, 1);

  private final LateBody body =
      new LateBody(() -> new RequestMemory(100).lease("192.0.2.1", () -> true));

  @Test
  void isAFileOnlyWhereItIsNothingElse() {
    assertThat(body.file()).isNull();
    body.add(InputStream.nullInputStream(), FILE, true);
    assertThat(body.file()).isEqualTo(FILE);
    body.end();
    assertThat(body.file()).isNull();
    body.hold(new byte[] {1}, 0, 1);
    body.add(InputStream.nullInputStream(), FILE, true);
    assertThat(body.file()).as("behind other bytes").isNull();
  }

  @Test
  void isNoFileWhereItIsReadFromElsewhere() {
    body.add(InputStream.nullInputStream(), null, true);
    assertThat(body.file()).isNull();
  }
}
