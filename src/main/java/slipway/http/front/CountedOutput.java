package slipway.http.front;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import slipway.http.limit.BodySlots.Slot;
import slipway.net.FilePart;
import slipway.net.LateOutput;

/**
 * Counts the bytes that go to the container, and keeps them until the request has been handled: a
 * slow reader must hold neither the thread nor anything that the request works with.
 */
final class CountedOutput extends ServletOutputStream implements LateOutput {
  private final ServletOutputStream out;
  private final Readers.ReaderTurn turn;
  private final LateBody late;
  private final BufferWriter buffers;
  private long bytes;
  private boolean isOpen;
  private boolean isListenedTo;
  private boolean broken;

  CountedOutput(ServletOutputStream out, Readers.ReaderTurn turn) {
    this.out = out;
    this.turn = turn;
    this.late = new LateBody(turn::memory);
    this.buffers = turn.buffers(out);
  }

  /** How many bytes went to the container. */
  long bytes() {
    return bytes;
  }

  /** Whether the connection failed, or the client has left. */
  boolean isBroken() {
    return broken;
  }

  /** Whether everything goes to the container at once. */
  boolean isOpen() {
    return isOpen;
  }

  /** What is kept. */
  LateBody late() {
    return late;
  }

  /** Forgets what was written, as the container does. */
  void forget() {
    bytes = 0;
    late.end();
  }

  @Override
  public void later(InputStream rest, Optional<FilePart> file, boolean mayBeRefused) {
    late.add(rest, file.orElse(null), mayBeRefused);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (isListenedTo) {
      hand(buffer, offset, length);
    } else if (isOpen || !late.hold(buffer, offset, length)) {
      pass();
      timed(() -> hand(buffer, offset, length), length);
    }
  }

  private void hand(byte[] buffer, int offset, int length) throws IOException {
    try {
      out.write(buffer, offset, length);
      bytes += length;
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Whether the container takes buffers. */
  boolean takesBuffers() {
    return buffers.isThere();
  }

  /** Hands a buffer to the container, which owns it until this is ready again. */
  void hand(ByteBuffer buffer) throws IOException {
    int length = buffer.remaining();
    try {
      buffers.write(out, buffer);
      bytes += length;
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Leaves the file that is kept to the container, which sends it at the end. */
  void leave(FilePart file) {
    isOpen = true;
    bytes += file.length();
    late.end();
  }

  /** Passes on what is kept, and from now on everything, with this thread. */
  void pass() throws IOException {
    isOpen = true;
    if (late.isEmpty()) {
      return;
    }
    byte[] buffer = new byte[AT_ONCE_BYTES];
    try (InputStream kept = late.take()) {
      for (int count = kept.read(buffer); count >= 0; count = kept.read(buffer)) {
        int length = count;
        timed(() -> hand(buffer, 0, length), length);
      }
    } finally {
      late.end();
    }
  }

  /** An action that may wait for the reader. */
  private interface Wait {
    void run() throws IOException;
  }

  private void timed(Wait wait, int length) throws IOException {
    try (Slot held = turn.awaitThread()) {
      long before = System.nanoTime();
      wait.run();
      if (turn.watch().isTooSlow(length, System.nanoTime() - before)) {
        throw new SlowReaderException();
      }
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    if (isListenedTo) {
      out.flush();
    } else {
      pass();
      timed(out::flush, 0);
    }
  }

  @Override
  public void close() throws IOException {
    pass();
    timed(out::close, 0);
  }

  /**
   * Passes on what is kept with this thread, which has a slot for it.
   *
   * @param closes whether the answer ends with it
   */
  void end(boolean closes) throws IOException {
    isOpen = true;
    byte[] kept = late.takeHeld();
    if (kept.length > 0) {
      hand(kept, 0, kept.length);
    }
    if (closes) {
      out.close();
    }
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    isListenedTo = true;
    out.setWriteListener(listener);
  }
}
