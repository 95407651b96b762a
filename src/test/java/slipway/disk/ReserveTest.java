package slipway.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk that has room; {@code slipway.faults.FullDiskIT} has one that is full. */
class ReserveTest {
  private static final long BYTES = 100_000;

  @TempDir Path folder;
  private Path file;
  private Reserve reserve;

  @BeforeEach
  void set() {
    file = folder.resolve("reserve");
    reserve = new Reserve(file, BYTES);
  }

  @Test
  void isTakenForItsOwnerAlone() throws IOException {
    assertThat(reserve.isWhole()).isFalse();
    reserve.take();
    assertThat(reserve.isWhole()).isTrue();
    assertThat(file).hasSize(BYTES);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isGivenAndTakenAgain() {
    reserve.take();
    reserve.give();
    assertThat(file).doesNotExist();
    assertThat(reserve.isWhole()).isFalse();
    reserve.takeBack();
    assertThat(file).hasSize(BYTES);
  }

  /** As a start finds it after a disk that was full. */
  @Test
  void isFilledUpWhereAPartIsLeft() throws IOException {
    reserve.take();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(BYTES / 3);
    }
    Reserve next = new Reserve(file, BYTES);
    assertThat(next.isWhole()).isFalse();
    next.take();
    assertThat(next.isWhole()).isTrue();
    assertThat(file).hasSize(BYTES);
  }

  @Test
  void isKeptWhereTheDiskHasRoomToOpenADatabase() {
    reserve.take();
    assertThat(reserve.giveIfFull()).isFalse();
    assertThat(file).hasSize(BYTES);
  }
}
