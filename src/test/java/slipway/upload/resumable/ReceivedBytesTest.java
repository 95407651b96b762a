package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.upload.IncomingRoomTest;

/** A file that is gone cannot be flushed: that stands for a disk that fails. */
@OnEachDatabase(isLong = true)
class ReceivedBytesTest {
  @Parameter TestedDatabase on;

  private static final String TOKEN = "t";

  @TempDir Path folder;
  private final DiskUse disk = new DiskUse(1000, 1000, IncomingRoomTest.large());
  private Database database;
  private UploadTable table;
  private PartialFile file;
  private ReceivedBytes bytes;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("a.db"));
    table = new UploadTable(database, Clock.systemUTC());
    file = new Spool(folder.resolve("media")).receiveInPieces();
    table.insert(new UploadInfo("id", TOKEN, "a", 100, "a.jpg", file.name(), "", ""), null, null);
    bytes = new ReceivedBytes(row(), file, table, disk, Clock.systemUTC(), kept -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Stretch begin(long first, long end) throws IOException {
    Stretch stretch = bytes.begin(first, end);
    bytes.claim(stretch, end - first);
    return stretch;
  }

  private UploadTable.Row row() {
    return table.unfinished().get(0);
  }

  private void write(long first, long length) throws IOException {
    file.create();
    try (WritableByteChannel channel = file.writeFrom(first)) {
      channel.write(ByteBuffer.allocate((int) length));
    }
  }

  private void receive(long first, long end) throws IOException {
    Stretch stretch = begin(first, end);
    write(first, end - first);
    bytes.add(stretch, end);
    bytes.leave(stretch);
    bytes.commit();
  }

  private void failAFlush(Stretch stretch) throws IOException {
    bytes.add(stretch, stretch.end());
    bytes.leave(stretch);
    file.delete();
    assertThatThrownBy(() -> bytes.commit()).isInstanceOf(IOException.class);
  }

  @Test
  void receivesWhatWasFlushedAndWrittenDown() throws IOException {
    Stretch stretch = begin(0, 10);
    write(0, 10);
    bytes.add(stretch, 10);
    assertThat(bytes.prefix()).isZero();
    assertThat(bytes.covers(0, 10)).isFalse();
    bytes.commit();
    assertThat(bytes.prefix()).isEqualTo(10);
    assertThat(row().received()).hasToString("0-10");
  }

  @Test
  void hasNothingOfAFlushThatFailedThoughTheNextOneIsGood() throws IOException {
    receive(0, 10);
    failAFlush(begin(10, 20));
    receive(20, 30);
    assertThat(bytes.prefix()).isEqualTo(10);
    assertThat(bytes.covers(10, 20)).isFalse();
    assertThat(bytes.total()).isEqualTo(20);
    assertThat(row().received()).hasToString("0-10,20-30");
    disk.claim(TOKEN, 970);
    receive(10, 20);
    assertThat(row().received()).hasToString("0-30");
  }

  @Test
  void hasNothingOfAConnectionThatWroteBeforeAFlushFailed() throws IOException {
    Stretch slow = begin(50, 60);
    write(50, 5);
    failAFlush(begin(10, 20));
    write(50, 10);
    assertThat(bytes.add(slow, 60)).isFalse();
    bytes.leave(slow);
    bytes.commit();
    assertThat(bytes.covers(50, 60)).isFalse();
    receive(50, 60);
    assertThat(row().received()).hasToString("50-60");
  }

  @Test
  void hasLostWhatWasBeingWrittenOverAndCorrectsTheRow() throws IOException {
    receive(0, 40);
    Stretch over = begin(10, 20);
    failAFlush(begin(30, 50));
    assertThat(bytes.prefix()).isEqualTo(10);
    assertThat(row().received()).hasToString("0-10,20-30");
    bytes.leave(over);
    assertThat(bytes.total()).isEqualTo(20);
  }

  @Test
  void hasReceivedWhatTheRowTellsAndNoMoreWhenTheRowCannotBeWritten() throws IOException {
    receive(0, 10);
    Stretch stretch = begin(10, 20);
    write(10, 10);
    bytes.add(stretch, 20);
    database.close();
    assertThatThrownBy(() -> bytes.commit()).isInstanceOf(RuntimeException.class);
    assertThat(bytes.prefix()).isEqualTo(10);
    assertThat(bytes.hasSeen(10, 20)).isTrue();
  }

  @Test
  void tellsWhoWaitedForAFlushThatItFailed() throws Exception {
    Stretch first = begin(0, 10);
    Stretch second = begin(10, 20);
    bytes.add(first, 10);
    bytes.add(second, 20);
    assertThatThrownBy(() -> bytes.commit()).isInstanceOf(IOException.class);
    assertThat(bytes.add(second, 20)).isFalse();
    write(0, 20);
    bytes.commit();
    assertThat(bytes.prefix()).isZero();
  }
}
