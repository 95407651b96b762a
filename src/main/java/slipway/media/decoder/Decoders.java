package slipway.media.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import slipway.media.pictures.DecoderAnswer;
import slipway.media.pictures.DecoderRequest;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.NotStartedException;
import slipway.media.program.WorkFolder;

/**
 * Decodes pictures in other processes, as many as there are threads that need one. Each is started
 * on demand, and kept while there are pictures.
 */
public final class Decoders implements AutoCloseable {
  private static final long KEPT_NANOS = Duration.ofSeconds(15).toNanos();

  private final DecoderLimits limits;
  private final WorkFolder work;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  private record Idle(DecoderProcess process, long since) {}

  /** Decoders with these limits, which write there. */
  public Decoders(DecoderLimits limits, WorkFolder work) {
    this.limits = limits;
    this.work = work;
  }

  /**
   * Decodes a picture, upright and scaled down.
   *
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   * @return the picture, to be closed
   * @throws NoPreviewException when its type has no decoder, it is broken, or takes too much
   * @throws NotStartedException when no decoder can be started
   * @throws IOException when the file cannot be read
   */
  public DecodedPicture decode(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return decode(new DecoderRequest.Decode(path(file), contentType, maxWidth, ""));
  }

  /**
   * The same of what another program decoded an HEIC or AVIF file to, upright already.
   *
   * @param source that file, whose own facts are those of the picture
   */
  public DecodedPicture decode(Path file, String contentType, int maxWidth, Path source)
      throws IOException, NoPreviewException, InterruptedException {
    return decode(new DecoderRequest.Decode(path(file), contentType, maxWidth, path(source)));
  }

  private DecodedPicture decode(DecoderRequest.Decode request)
      throws IOException, NoPreviewException, InterruptedException {
    DecoderProcess process = take();
    MediaFacts facts = null;
    try {
      process.beginPicture();
      facts = process.ask(request);
    } finally {
      if (facts == null) {
        release(process);
      }
    }
    return new DecodedPicture(this, process, facts);
  }

  /**
   * The facts about an HEIC or AVIF file that another program will decode.
   *
   * @param facts of its picture; width and height are there
   * @param format what it is to be decoded to: {@code png} or {@code jpg}
   */
  public record PreparedHeif(MediaFacts facts, String format) {}

  /**
   * Makes an HEIC or AVIF file ready for a program that decodes it.
   *
   * @param contentType MIME type by content
   * @param copy gets what that program is to decode; nothing where it is the file itself
   * @throws NoPreviewException when it says no size, is broken, or has too many pixels
   * @throws NotStartedException when no decoder can be started
   * @throws IOException when the file cannot be read
   */
  public PreparedHeif prepare(Path file, String contentType, Path copy)
      throws IOException, NoPreviewException, InterruptedException {
    DecoderProcess process = take();
    try {
      process.beginPicture();
      DecoderAnswer answer =
          process.answer(new DecoderRequest.Prepare(path(file), contentType, path(copy)));
      return new PreparedHeif(answer.facts(), answer.words());
    } finally {
      release(process);
    }
  }

  private static String path(Path file) {
    return file.toAbsolutePath().toString();
  }

  /**
   * Checks whether a decoder can be started, if none is available; it is kept for the next picture.
   *
   * @throws NotStartedException when none can be started
   */
  public void probe() throws IOException, InterruptedException {
    release(take());
  }

  private DecoderProcess take() throws IOException, InterruptedException {
    synchronized (idle) {
      checkOpen();
      while (!idle.isEmpty()) {
        DecoderProcess process = idle.pop().process();
        if (process.isAlive()) {
          return process;
        }
        process.close();
      }
    }
    DecoderProcess started = DecoderProcess.start(limits, work);
    boolean isWanted = false;
    try {
      synchronized (idle) {
        checkOpen();
      }
      isWanted = true;
      return started;
    } finally {
      if (!isWanted) {
        started.close();
      }
    }
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("No more pictures are decoded: the service is stopping");
    }
  }

  void release(DecoderProcess process) {
    synchronized (idle) {
      if (!closed && process.isAlive()) {
        idle.push(new Idle(process, System.nanoTime()));
        return;
      }
    }
    process.close();
  }

  /** Ends the decoders that have been idle for a while. */
  public void rest() {
    long now = System.nanoTime();
    synchronized (idle) {
      while (!idle.isEmpty() && now - idle.peekLast().since() > KEPT_NANOS) {
        idle.pollLast().process().close();
      }
    }
    work.tidy();
  }

  /** Ends all idle decoders; the others end once they are idle. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(one -> one.process().close());
      idle.clear();
    }
  }
}
