package slipway.media.pictures;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;
import slipway.disk.FullDisk;

class DecoderAnswerTest {
  /** As the JDK's writer of PNGs has it. */
  @Test
  void tellsAFullDiskThatAWriterHides() throws IOException {
    IOException full =
        new IIOException("I/O error writing PNG file!", new IOException("No space left on device"));
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    DecoderAnswer.trouble(full).write(new DataOutputStream(sent));
    DecoderAnswer read =
        DecoderAnswer.read(new DataInputStream(new ByteArrayInputStream(sent.toByteArray())));
    assertThatThrownBy(read::orThrow)
        .isInstanceOf(IOException.class)
        .matches(FullDisk::isReasonOf)
        .hasMessageContaining("PNG");
  }

  @Test
  void boundsWhatIsSaid() throws IOException {
    Throwable failure = new IOException("x".repeat(200_000));
    for (int i = 0; i < 1000; i++) {
      failure = new IOException("\u4e00".repeat(200_000), failure);
    }
    DecoderAnswer.trouble(failure).write(new DataOutputStream(new ByteArrayOutputStream()));
  }
}
