package slipway.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("oauth.key");
  }

  @Test
  void opensWhatItClosedAlsoWithTheFileReadAgain() throws IOException {
    String closed = SecretBox.open(file()).close("sesame", "a");
    assertThat(closed).doesNotContain("sesame");
    assertThat(SecretBox.open(file()).open(closed, "a")).isEqualTo("sesame");
    assertThat(SecretBox.open(file()).close("sesame", "a")).isNotEqualTo(closed);
  }

  @Test
  void keepsItsKeyFromOthers() throws IOException {
    SecretBox.open(file());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void opensNothingWithAnotherKeyOrForAnotherContext() throws IOException {
    SecretBox box = SecretBox.open(file());
    String closed = box.close("sesame", "a");
    assertThatThrownBy(() -> box.open(closed, "b")).isInstanceOf(IllegalStateException.class);
    SecretBox other = SecretBox.open(folder.resolve("other.key"));
    assertThatThrownBy(() -> other.open(closed, "a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other.key");
  }

  @Test
  void refusesAFileThatIsNoKey() throws IOException {
    Files.writeString(file(), "not a key");
    assertThatThrownBy(() -> SecretBox.open(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64 hex digits");
  }

  @Test
  void isNotMadeAnewWhereSecretsAreThereThatItWouldNotOpen(@TempDir Path folder) {
    Path file = folder.resolve("lost.key");
    assertThatThrownBy(() -> SecretBox.open(file, true)).hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
  }
}
