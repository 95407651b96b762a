package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.apache.tika.Tika;
import org.junit.jupiter.api.Test;

class SampleMediaTest {
  @Test
  void makesPicturesOfTheSizeAskedForAndNeverTheSameTwice() throws IOException {
    for (byte[] picture :
        new byte[][] {SampleMedia.jpeg(40, 30), SampleMedia.png(40, 30), SampleMedia.gif(40, 30)}) {
      var image = ImageIO.read(new ByteArrayInputStream(picture));
      assertThat(image.getWidth()).isEqualTo(40);
      assertThat(image.getHeight()).isEqualTo(30);
    }
    assertThat(SampleMedia.jpeg(40, 30)).isNotEqualTo(SampleMedia.jpeg(40, 30));
  }

  @Test
  void makesALargeFileOfTheLengthAskedForWithTheSameBytesEachTime() throws IOException {
    var large = SampleMedia.largeJpeg(5_000_001);
    byte[] bytes = large.get().readAllBytes();
    assertThat(bytes).hasSize(5_000_001);
    assertThat(Arrays.equals(bytes, large.get().readAllBytes())).isTrue();
    assertThat(new Tika().detect(bytes)).isEqualTo("image/jpeg");
  }

  @Test
  void makesAPlayableMp4() throws IOException {
    byte[] start = Arrays.copyOf(Files.readAllBytes(SampleMedia.mp4()), 8);
    assertThat(new String(start, 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("ftyp");
  }
}
