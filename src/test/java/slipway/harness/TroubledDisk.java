package slipway.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder on a disk whose flushes and closes a test can hold up or have fail. A flush that fails
 * takes with it what was written to the file since the last good one, as a real disk may: zeros
 * stand there then. Flushes do not reach the real disk. For many threads.
 */
public final class TroubledDisk {
  private static final Trouble NONE = name -> {};

  private final Map<String, List<Range>> unflushed = new HashMap<>();
  private long writes;
  private volatile Trouble onFlush = NONE;
  private volatile Trouble onClose = NONE;

  /** What happens at a call; it may wait, or throw. */
  @FunctionalInterface
  public interface Trouble {
    /** Called in place of the call, with the name of the file. */
    void meet(String name) throws IOException;
  }

  private record Range(long first, int length, long number) {}

  /** The real folder as one of this disk. */
  public Path folder(Path real) {
    return new TroubledFiles(this, real.getFileSystem()).wrap(real);
  }

  /** What happens at every flush from now on. */
  public void onFlush(Trouble trouble) {
    onFlush = trouble;
  }

  /** What happens whenever a file that was written to is closed from now on. */
  public void onClose(Trouble trouble) {
    onClose = trouble;
  }

  /** All is well from now on. */
  public void recover() {
    onFlush = NONE;
    onClose = NONE;
  }

  synchronized void wrote(String name, long first, int length) {
    unflushed
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(new Range(first, length, writes++));
  }

  void flush(Path real) throws IOException {
    String name = real.getFileName().toString();
    List<Range> flushed = unflushed(name);
    try {
      onFlush.meet(name);
    } catch (IOException e) {
      drop(real, name);
      throw e;
    }
    forget(name, flushed);
  }

  void closed(Path real) throws IOException {
    onClose.meet(real.getFileName().toString());
  }

  private synchronized List<Range> unflushed(String name) {
    return List.copyOf(unflushed.getOrDefault(name, List.of()));
  }

  private synchronized void forget(String name, List<Range> flushed) {
    unflushed.getOrDefault(name, new ArrayList<>()).removeAll(flushed);
  }

  private synchronized void drop(Path real, String name) throws IOException {
    List<Range> dropped = unflushed.remove(name);
    if (dropped == null) {
      return;
    }
    try (FileChannel file = FileChannel.open(real, StandardOpenOption.WRITE)) {
      for (Range range : dropped) {
        long end = Math.min(file.size(), range.first() + range.length());
        if (range.first() < end) {
          file.write(ByteBuffer.allocate((int) (end - range.first())), range.first());
        }
      }
    }
  }
}
