package slipway.media.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderInputTest {
  @TempDir Path folder;

  /** Wherever it is read, it is as the JDK's own. */
  @Test
  void readsAsAFileIsRead() throws IOException {
    Random random = new Random(5);
    byte[] content = new byte[200_000];
    random.nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    try (PictureFile picture = PictureFile.open(file);
        ImageInputStream in = new DecoderInput(picture);
        ImageInputStream right = new FileImageInputStream(file.toFile())) {
      assertThat(in.length()).isEqualTo(right.length());
      for (int i = 0; i < 5_000; i++) {
        step(random.nextInt(5), random, in, right);
        assertThat(in.getStreamPosition()).isEqualTo(right.getStreamPosition());
      }
    }
  }

  private static void step(int what, Random random, ImageInputStream in, ImageInputStream right)
      throws IOException {
    switch (what) {
      case 0 -> {
        long to = random.nextInt(200_010);
        in.seek(to);
        right.seek(to);
      }
      case 1 -> assertThat(in.read()).isEqualTo(right.read());
      case 2 -> {
        byte[] some = new byte[random.nextInt(100_000)];
        int count = in.read(some, 0, some.length);
        byte[] same = new byte[Math.max(0, count)];
        if (count >= 0) {
          right.readFully(same);
        }
        assertThat(Arrays.copyOf(some, same.length)).isEqualTo(same);
      }
      case 3 -> {
        int bits = random.nextInt(20);
        if (in.getStreamPosition() < 199_990) {
          assertThat(in.readBits(bits)).isEqualTo(right.readBits(bits));
        }
      }
      default -> {
        int skip = random.nextInt(1000);
        assertThat(in.skipBytes(skip)).isEqualTo(right.skipBytes(skip));
      }
    }
  }
}
