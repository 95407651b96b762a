package slipway.harness;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clock of a {@link Server} that is started with it ({@link Server.Builder#clock}): wrong
 * by as much as it is told, at once. Time passes as it does.
 */
public final class MovedClock {
  private final Path file = Build.newFolder("faults", "clock").resolve("moved");

  /** A clock that is right so far. */
  public static MovedClock right() {
    MovedClock clock = new MovedClock();
    clock.ahead(Duration.ZERO);
    return clock;
  }

  private MovedClock() {}

  /** Sets the clock so far ahead of the right time; after it where that is negative. */
  public void ahead(Duration time) {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    seconds.putLong(time.toSeconds()).flip();
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      channel.write(seconds, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of a process that has this clock. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", CLibrary.of("clock").toString(), "CLOCK_MOVED", file.toString());
  }
}
