package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import slipway.harness.Tool;

/**
 * A tmpfs of its own: a disk that can be full or read-only without harm to another. Only root may
 * mount one; for others the test is skipped with a line on stderr.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static SmallDisk ofMegabytes(int size) throws IOException, InterruptedException {
    return in(Files.createTempDirectory("slipway-disk").toRealPath(), size);
  }

  /** A disk of so many megabytes in that folder. */
  static SmallDisk in(Path folder, int size) throws IOException, InterruptedException {
    Tool.require("mount");
    if (!System.getProperty("user.name").equals("root")) {
      System.err.println("SKIPPED: only root can mount a small disk.");
      Assumptions.abort("only root can mount a small disk");
    }
    run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Leaves only so many bytes free. */
  void fill(long left) throws IOException {
    long bytes = Files.getFileStore(folder).getUsableSpace() - left;
    try (FileChannel filler = FileChannel.open(filler(), CREATE, WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (long done = 0; done < bytes; done += filler.write(block)) {
        block.clear().limit((int) Math.min(block.capacity(), bytes - done));
      }
    }
  }

  /** Takes what has become free since {@link #fill}. */
  void fillMore() throws IOException {
    long bytes = Files.getFileStore(folder).getUsableSpace();
    try (FileChannel filler = FileChannel.open(filler(), WRITE, APPEND)) {
      for (long left = bytes; left > 0; left -= BLOCK) {
        filler.write(ByteBuffer.allocate((int) Math.min(BLOCK, left)));
      }
    }
  }

  /** Takes back what {@link #fill} did. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  void grow(int megabytes) throws IOException, InterruptedException {
    run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString());
  }

  void makeReadOnly() throws IOException, InterruptedException {
    run("mount", "-o", "remount,ro", folder.toString());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "--lazy", folder.toString());
    Files.delete(folder);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
