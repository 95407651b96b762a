package slipway.http.front;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.http.limit.BodySlots.Slot;
import slipway.net.FilePart;

/**
 * The files that Tomcat sends by itself ({@code sendfile}), with no copy of their bytes in this
 * process. It takes a file's name and does not report the end, so a slot is held for as long as the
 * process has the file open. For many threads.
 */
final class SentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SentFiles.class);

  /** Shorter files are soon sent anyway. */
  static final long LEAST_BYTES = 256 * 1024;

  /**
   * The approximate pace that Tomcat enforces by its own time-out: within 20 s readers have to take
   * a third of the kernel's smallest buffer. Only {@link LateAnswer} can enforce a faster one.
   */
  static final long MOST_PACE = 1024;

  private static final String ATTRIBUTES = "org.apache.tomcat.sendfile.";
  private static final String DELETED = " (deleted)";

  /** Tomcat opens the file once the filters have returned. */
  private static final long OPENED_NANOS = 50_000_000;

  private static final long LOOK_EVERY_NANOS = 5_000_000;

  private static final long LOOK_AFTER_NANOS = 100_000_000;

  /** The fraction of time that looking takes at most, unless one look takes long. */
  private static final int PART_OF_TIME = 10;

  private final Path open;
  private final LongSupplier nanoTime;
  private final boolean keepsPace;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private final Map<Path, Integer> own = new HashMap<>();
  private boolean isTried;
  private boolean isSeen;
  private long nextLook;

  private record Sent(Path file, Slot slot, long since) {}

  /** Files of readers who must keep that pace. */
  SentFiles(Pace pace) {
    this(pace, Path.of("/proc/self/fd"), System::nanoTime);
  }

  /**
   * For tests.
   *
   * @param open folder with a link to each file that the process has open
   */
  SentFiles(Pace pace, Path open, LongSupplier nanoTime) {
    this.open = open;
    this.nanoTime = nanoTime;
    this.keepsPace = pace.bytesPerSecond() <= MOST_PACE;
    this.nextLook = nanoTime.getAsLong();
  }

  /**
   * Whether the container can send it. It would copy it for TLS, and maps it into memory for
   * HTTP/2.
   *
   * @param part of a file that is open now
   */
  boolean take(HttpServletRequest request, FilePart part) {
    return keepsPace
        && part.length() >= LEAST_BYTES
        && Boolean.TRUE.equals(request.getAttribute(ATTRIBUTES + "support"))
        && request.getDispatcherType() == DispatcherType.REQUEST
        && request.getProtocol().startsWith("HTTP/1.")
        && request.getAttribute("jakarta.servlet.request.cipher_suite") == null
        && isSeen(part.path());
  }

  /** Makes the container send it once the answer, which has no other body, is ended. */
  static void leave(HttpServletRequest request, FilePart part) {
    request.setAttribute(ATTRIBUTES + "filename", part.path().toString());
    request.setAttribute(ATTRIBUTES + "start", part.first());
    request.setAttribute(ATTRIBUTES + "end", part.first() + part.length());
  }

  /**
   * Counts a file, which the caller has open, as one that Tomcat does not send.
   *
   * @return its name, for {@link #leaveOwn} before it is closed, and {@link #hold}
   */
  synchronized Path enterOwn(Path file) {
    Path real = real(file);
    own.merge(real, 1, Integer::sum);
    return real;
  }

  synchronized void leaveOwn(Path file) {
    own.computeIfPresent(file, (same, count) -> count > 1 ? count - 1 : null);
  }

  /** Holds a slot until that file was sent. */
  synchronized void hold(Path file, Slot slot) {
    sent.add(new Sent(file, slot, nanoTime.getAsLong()));
  }

  /**
   * Whether some were handed to Tomcat so late that they may have been sent without being seen
   * open.
   */
  synchronized boolean mayHaveEnded() {
    return !sent.isEmpty() && nanoTime.getAsLong() - sent.getLast().since() < 2 * OPENED_NANOS;
  }

  /** Gives back the slots of files that were sent; looks for them only as often as is cheap. */
  synchronized void look() {
    long start = nanoTime.getAsLong();
    if (sent.isEmpty() || start - nextLook < 0) {
      return;
    }
    try {
      Map<Path, Integer> opened = opened();
      own.forEach((file, count) -> opened.merge(file, -count, Integer::sum));
      release(opened, start);
    } catch (IOException e) {
      LOG.warn("The open files cannot be listed", e);
    }
    long end = nanoTime.getAsLong();
    long pause = Math.max(LOOK_EVERY_NANOS, PART_OF_TIME * (end - start));
    nextLook = end + Math.min(pause, LOOK_AFTER_NANOS);
  }

  /**
   * If several answers send one file, the ones that began last are assumed to be still in progress.
   */
  private void release(Map<Path, Integer> opened, long now) {
    for (Iterator<Sent> each = sent.descendingIterator(); each.hasNext(); ) {
      Sent one = each.next();
      boolean mayBeOpened = now - one.since() >= OPENED_NANOS;
      if (mayBeOpened && opened.merge(one.file(), -1, Integer::sum) < 0) {
        each.remove();
        one.slot().close();
      }
    }
  }

  /** How often the process has each file open. */
  private Map<Path, Integer> opened() throws IOException {
    Map<Path, Integer> opened = new HashMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(open)) {
      for (Path link : links) {
        add(link, opened);
      }
    }
    return opened;
  }

  private static void add(Path link, Map<Path, Integer> opened) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      if (target.startsWith("/")) {
        String file =
            target.endsWith(DELETED)
                ? target.substring(0, target.length() - DELETED.length())
                : target;
        opened.merge(Path.of(file), 1, Integer::sum);
      }
    } catch (IOException e) {
      LOG.trace("It was closed just now", e);
    }
  }

  /** Whether open files can be seen on this system, as on Linux: tried with a file that is open. */
  private synchronized boolean isSeen(Path file) {
    if (!isTried) {
      try {
        isSeen = opened().containsKey(real(file));
        isTried = true;
      } catch (IOException e) {
        LOG.debug("The open files cannot be listed here", e);
      }
    }
    return isSeen;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // It was deleted just now.
    }
  }
}
