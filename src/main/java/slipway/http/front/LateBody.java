package slipway.http.front;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.http.limit.MemoryFullException;
import slipway.http.limit.RequestMemory;
import slipway.net.FilePart;
import slipway.net.LateOutput;

/** The part of an answer's body that is kept until the request has been handled. */
final class LateBody {
  private static final Logger LOG = LoggerFactory.getLogger(LateBody.class);

  /** How much of what a servlet writes is held; a longer body must be given as a stream. */
  private static final int MOST_HELD = 1 << 20;

  /** Longer bodies are counted. The number of those that are not counted is bounded. */
  private static final int FREE_BYTES = 64 * 1024;

  private final Supplier<RequestMemory.Lease> memory;
  private ByteArrayOutputStream held;
  private InputStream rest;
  private FilePart part;
  private boolean mayBeRefused;
  private RequestMemory.Lease lease;

  /**
   * None yet.
   *
   * @param memory the request's memory, which is held until the end
   */
  LateBody(Supplier<RequestMemory.Lease> memory) {
    this.memory = memory;
  }

  boolean isEmpty() {
    return held == null && rest == null;
  }

  /** Whether it may be replaced by a request to try again. */
  boolean mayBeRefused() {
    return mayBeRefused;
  }

  /** Whether it is so short that the thread which writes it rarely has to wait. */
  boolean isShort() {
    return rest == null && held() <= LateOutput.AT_ONCE_BYTES;
  }

  /** Keeps bytes; false when there is no memory for them. */
  boolean hold(byte[] buffer, int offset, int length) {
    if (rest != null) {
      throw new IllegalStateException("The end of the body was given already");
    }
    int size = held();
    if (length > MOST_HELD - size || !hasMemory(size, length)) {
      return false;
    }
    held = held == null ? new ByteArrayOutputStream(length) : held;
    held.write(buffer, offset, length);
    return true;
  }

  /** How many bytes it keeps, without the end that was added. */
  int held() {
    return held == null ? 0 : held.size();
  }

  private boolean hasMemory(int size, int length) {
    if (size + length <= FREE_BYTES) {
      return true;
    }
    try {
      keepMemory();
      lease.take(2L * length); // The array grows by copies.
      return true;
    } catch (MemoryFullException e) {
      return false;
    }
  }

  /** Adds the end, which may be a file too, or null. */
  void add(InputStream end, FilePart file, boolean refusable) {
    keepMemory();
    mayBeRefused = refusable;
    rest = end;
    part = file;
  }

  private void keepMemory() {
    if (lease == null) {
      lease = memory.get();
      lease.hold();
    }
  }

  /**
   * Takes the memory that sending a file needs; everything else is held anyway.
   *
   * @throws MemoryFullException when there is no room for it
   */
  void takeMemory(long bytes) {
    if (mayBeRefused) {
      lease.take(bytes);
    }
  }

  /** The kept bytes, if no end was added. */
  byte[] takeHeld() {
    byte[] bytes = held == null ? new byte[0] : held.toByteArray();
    held = null;
    return bytes;
  }

  /** The whole body; {@link #end} must be called once it is read. */
  InputStream take() {
    if (rest != null && held == null) {
      return rest; // A file is read without a copy on the heap.
    }
    InputStream first = new ByteArrayInputStream(takeHeld());
    return rest == null ? first : new SequenceInputStream(first, rest);
  }

  /** The file that is all of it; null for none, or where there is something else. */
  FilePart file() {
    return held == null && rest != null ? part : null;
  }

  /** Closes its parts and gives back the memory. May be called several times. */
  void end() {
    held = null;
    InputStream last = rest;
    rest = null;
    part = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (IOException e) {
      LOG.warn("The body of an answer failed to close", e);
    }
    RequestMemory.Lease kept = lease;
    lease = null;
    if (kept != null) {
      kept.close();
    }
  }
}
