package slipway.media.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir Path folder;

  @Test
  void emptiesWhatALinkLeadsToAndKeepsTheLink() throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "kept");
    Files.createDirectories(disk.resolve("left/by"));
    Files.writeString(disk.resolve("left/by/a"), "server");
    Files.createSymbolicLink(disk.resolve("link"), elsewhere);
    Path link = Files.createSymbolicLink(folder.resolve("work"), disk);
    WorkFolder work = new WorkFolder(link);
    work.clear();
    assertThat(link).isSymbolicLink();
    assertThat(disk).isEmptyDirectory();
    assertThat(elsewhere).exists();
    Path made = work.newFolder();
    assertThat(made.toRealPath()).startsWith(disk.toRealPath());
    work.release(made);
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void saysThatALinkLeadsNowhereAndLeavesIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("work"), folder.resolve("disk"));
    WorkFolder work = new WorkFolder(link);
    work.clear();
    assertThat(catchFailure(work)).isInstanceOf(IOException.class);
    assertThat(link).isSymbolicLink();
    Files.createDirectory(folder.resolve("disk"));
    assertThat(work.newFolder()).isDirectory();
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    Path root = folder.resolve("work");
    new WorkFolder(root).newFolder();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }

  private static Throwable catchFailure(WorkFolder work) {
    return catchThrowable(work::newFolder);
  }

  @Test
  void deletesLaterWhatItCannotDeleteNow() throws IOException {
    AtomicBoolean isOut = new AtomicBoolean(true);
    Path root = folder.resolve("work");
    WorkFolder work =
        new WorkFolder(
            root,
            path -> {
              if (isOut.get()) {
                throw new NoClassDefFoundError("as where no file can be opened");
              }
              WorkFolder.delete(path);
            });
    Path made = work.newFolder();
    Files.writeString(made.resolve("a"), "a");
    work.release(made);
    assertThat(made).exists();
    isOut.set(false);
    Path next = work.newFolder();
    assertThat(made).doesNotExist();
    work.release(next);
    assertThat(root).isEmptyDirectory();
  }
}
