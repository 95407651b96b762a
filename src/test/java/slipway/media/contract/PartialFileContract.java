package slipway.media.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.media.KeptPiece;
import slipway.media.PartialFile;
import slipway.media.Spool;

/** The contract of every {@link PartialFile}, wherever its kept bytes are. */
public abstract class PartialFileContract {
  /** More than a piece has. */
  private static final byte[] BYTES = new byte[(9 << 20) + 17];

  static {
    new Random(3).nextBytes(BYTES);
  }

  /** Where the files are. */
  @TempDir protected Path folder;

  private final List<KeptPiece> written = new ArrayList<>();
  private String name;

  /** A file as the one that continues it has it, perhaps elsewhere. */
  protected abstract PartialFile file(String named, List<KeptPiece> pieces) throws IOException;

  @BeforeEach
  void nameIt() throws IOException {
    name = new Spool(folder.resolve("names")).receiveInPieces().name();
  }

  private PartialFile next() throws IOException {
    return file(name, List.copyOf(written));
  }

  private static void write(PartialFile file, int first, int end) throws IOException {
    file.create();
    try (WritableByteChannel piece = file.writeFrom(first)) {
      piece.write(ByteBuffer.wrap(BYTES, first, end - first));
    }
  }

  private void keep(PartialFile file, long... ends) throws IOException {
    NavigableMap<Long, Long> ranges = new TreeMap<>();
    for (int i = 0; i < ends.length; i += 2) {
      ranges.put(ends[i], ends[i + 1]);
    }
    written.addAll(file.keep(ranges));
    file.syncName();
  }

  private static byte[] bytes(int first, int end) {
    return Arrays.copyOfRange(BYTES, first, end);
  }

  private static byte[] read(PartialFile file, long first, long length) throws IOException {
    try (InputStream bytes = file.read(first, length)) {
      return bytes.readAllBytes();
    }
  }

  private static byte[] all(PartialFile file) throws IOException {
    try (InputStream bytes = file.read()) {
      return bytes.readAllBytes();
    }
  }

  @Test
  void hasItsNameAndNoBytesAtFirst() throws IOException {
    PartialFile file = next();
    assertThat(file.name()).isEqualTo(name);
    assertThat(file.size()).isZero();
  }

  @Test
  void isGoneOnWithByTheNextOneFromWhatWasKept() throws IOException {
    PartialFile first = next();
    write(first, 100, 300);
    keep(first, 100, 300);
    write(first, 0, 100);
    keep(first, 0, 100);
    PartialFile second = next();
    assertThat(second.size()).isEqualTo(300);
    write(second, 300, BYTES.length);
    keep(second, 300, BYTES.length);
    PartialFile third = next();
    assertThat(third.size()).isEqualTo(BYTES.length);
    assertThat(third.head(200)).isEqualTo(bytes(0, 200));
    assertThat(read(third, 250, 100)).isEqualTo(bytes(250, 350));
    assertThat(read(third, 8 << 20, 17)).isEqualTo(bytes(8 << 20, (8 << 20) + 17));
    assertThat(Arrays.equals(all(third), BYTES)).isTrue();
    assertThat(third.size()).isEqualTo(BYTES.length);
  }

  @Test
  void keepsStretchesWithGapsBetweenThemTogether() throws IOException {
    PartialFile first = next();
    write(first, 0, 10);
    write(first, 50, 60);
    write(first, 8 << 20, (8 << 20) + 5);
    keep(first, 0, 10, 50, 60, 8 << 20, (8 << 20) + 5);
    PartialFile second = next();
    assertThat(read(second, 0, 10)).isEqualTo(bytes(0, 10));
    assertThat(read(second, 52, 4)).isEqualTo(bytes(52, 56));
    assertThat(read(second, 8 << 20, 5)).isEqualTo(bytes(8 << 20, (8 << 20) + 5));
  }

  @Test
  void isReadAndWrittenByOneChannelWhoeverKeptItsBytes() throws IOException {
    PartialFile first = next();
    write(first, 0, 100);
    keep(first, 0, 100);
    PartialFile second = next();
    ByteBuffer there = ByteBuffer.allocate(20);
    try (SeekableByteChannel both = second.open()) {
      both.position(100);
      both.write(ByteBuffer.wrap(BYTES, 100, 50));
      both.position(90);
      while (there.hasRemaining() && both.read(there) >= 0) {
        continue;
      }
    }
    assertThat(there.array()).isEqualTo(bytes(90, 110));
  }

  @Test
  void cutsOffWhatWasNotKept() throws IOException {
    PartialFile file = next();
    write(file, 0, 10);
    keep(file, 0, 10);
    write(file, 10, 30);
    file.truncate(10);
    assertThat(file.size()).isEqualTo(10);
    assertThat(all(file)).isEqualTo(bytes(0, 10));
  }

  @Test
  void takesAnotherOfWhichSomebodyElseKeptTheBytes() throws IOException {
    PartialFile part = next();
    write(part, 0, 1000);
    keep(part, 0, 1000);
    PartialFile again = next();
    name = new Spool(folder.resolve("names")).receiveInPieces().name();
    PartialFile whole = file(name, List.of());
    whole.create();
    List<Long> told = new ArrayList<>();
    whole.append(again, told::add);
    whole.append(again, told::add);
    assertThat(told.stream().mapToLong(count -> count).sum()).isEqualTo(2000);
    assertThat(read(whole, 990, 20)).isEqualTo(concat(bytes(990, 1000), bytes(0, 10)));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void isGoneForEverybodyOnceItIsDeleted() throws IOException {
    PartialFile first = next();
    write(first, 0, 10);
    keep(first, 0, 10);
    PartialFile second = next();
    write(second, 10, 20);
    keep(second, 10, 20);
    List<String> gone = second.delete();
    assertThat(gone).containsExactlyElementsOf(written.stream().map(KeptPiece::name).toList());
    written.clear();
    assertThat(next().size()).isZero();
    assertThat(isThere()).isFalse();
  }

  /** Whether any byte of it is kept. */
  protected abstract boolean isThere() throws IOException;
}
