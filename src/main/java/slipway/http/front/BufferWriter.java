package slipway.http.front;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * Writes buffers outside the heap to a container's output, which sends them without a copy of its
 * own: {@code ServletOutputStream.write(ByteBuffer)}. It is part of Servlet 6.1; Jetty 12 and
 * Tomcat 10.1 have it already, though they are of Servlet 6.0.
 */
final class BufferWriter {
  private static final MethodType WRITE = MethodType.methodType(void.class, ByteBuffer.class);

  private final Class<?> type;
  private final MethodHandle write;

  private BufferWriter(Class<?> type, MethodHandle write) {
    this.type = type;
    this.write = write;
  }

  /** A writer for outputs of that class. */
  static BufferWriter of(ServletOutputStream out) {
    for (Class<?> type = out.getClass(); type != Object.class; type = type.getSuperclass()) {
      try {
        MethodHandle found = MethodHandles.publicLookup().findVirtual(type, "write", WRITE);
        return new BufferWriter(out.getClass(), found);
      } catch (NoSuchMethodException | IllegalAccessException e) {
        // The class may be inaccessible here, but extend one with the public method.
      }
    }
    return new BufferWriter(out.getClass(), null);
  }

  /** Whether it is for outputs of that class. */
  boolean isFor(ServletOutputStream out) {
    return type == out.getClass();
  }

  /** Whether they take buffers. */
  boolean isThere() {
    return write != null;
  }

  /**
   * Writes the rest of a buffer. If the output has a listener, the buffer belongs to the container
   * until the output is ready again.
   */
  void write(ServletOutputStream out, ByteBuffer buffer) throws IOException {
    try {
      write.invoke(out, buffer);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
