package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
  @Test
  void saysWhatIsWrongWithAFileAndForWhom() {
    assertThat(StartFailure.text(new AccessDeniedException("/data/media/identity")))
        .contains("/data/media/identity: permission denied for the user")
        .contains(System.getProperty("user.name"), "chown");
    assertThat(StartFailure.text(new NoSuchFileException("/data/x")))
        .isEqualTo("/data/x: there is no such file or folder");
    assertThat(StartFailure.text(new FileSystemException("/data/x", null, "Read-only file system")))
        .isEqualTo("/data/x: Read-only file system");
  }

  @Test
  void saysTheNumberOfAUserWithoutAName(@TempDir Path folder) throws IOException {
    assertThat(StartFailure.user("tomcat")).isEqualTo("tomcat");
    assertThat(StartFailure.user("?"))
        .isEqualTo("with the number " + Files.getAttribute(folder, "unix:uid"));
  }

  @Test
  void saysItOfTheCauseToo() {
    IOException failure =
        new IOException("the data folder cannot be written to", new AccessDeniedException("/a/b"));
    assertThat(StartFailure.text(failure))
        .startsWith("the data folder cannot be written to: /a/b: permission denied");
  }

  @Test
  void takesOneLine() {
    assertThat(StartFailure.text(new IllegalStateException("One\n---\r\n  two\n")))
        .isEqualTo("One --- two");
    assertThat(StartFailure.text(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
