package slipway.media.decoder;

import io.micrometer.core.instrument.Metrics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.pictures.DecoderAnswer;
import slipway.media.pictures.DecoderMain;
import slipway.media.pictures.DecoderRequest;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.EndStatus;
import slipway.media.program.KilledException;
import slipway.media.program.NotStartedException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/**
 * A JVM that only decodes pictures, for one thread at a time. It is killed when it takes too long,
 * and ends by itself when its heap is full.
 */
final class DecoderProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderProcess.class);
  private static final Duration MOST_START = Duration.ofSeconds(60);
  private static final Duration MOST_END = Duration.ofSeconds(2);
  private static final int MOST_WORDS = 500;

  /** What it may take besides its heap: native decoders, code, threads. */
  private static final int MEGABYTES_BESIDE_HEAP = 512;

  private final DecoderLimits limits;
  private final WorkFolder work;
  private final Path folder;
  private final Process process;
  private final PictureTime time;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  private DecoderProcess(DecoderLimits limits, WorkFolder work, Path folder, Process process) {
    this.limits = limits;
    this.work = work;
    this.folder = folder;
    this.process = process;
    this.time =
        new PictureTime(limits.most(), () -> process.info().totalCpuDuration(), System::nanoTime);
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Starts one, and waits until it can decode.
   *
   * @throws NotStartedException when it cannot be started, or does not begin
   */
  static DecoderProcess start(DecoderLimits limits, WorkFolder work)
      throws NotStartedException, InterruptedException {
    try {
      return begun(limits, work);
    } catch (IOException | IllegalStateException e) {
      // Containers throw the latter when they cannot open an archive for its classes.
      throw new NotStartedException("A decoder could not be started: " + e.getMessage(), e);
    }
  }

  private static DecoderProcess begun(DecoderLimits limits, WorkFolder work)
      throws IOException, InterruptedException {
    Path folder = work.newFolder();
    Process process = null;
    try {
      process = command(limits, folder).start();
    } finally {
      if (process == null) {
        work.release(folder);
      }
    }
    DecoderProcess decoder = new DecoderProcess(limits, work, folder, process);
    boolean isReady = false;
    try {
      decoder
          .begin(() -> DecoderAnswer.read(decoder.answers))
          .get(MOST_START.toNanos(), TimeUnit.NANOSECONDS);
      isReady = true;
      return decoder;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("it did not begin; " + decoder.lastWords(), e);
    } finally {
      if (!isReady) {
        decoder.close();
      }
    }
  }

  private static ProcessBuilder command(DecoderLimits limits, Path folder) throws IOException {
    int most = limits.megabytes() + MEGABYTES_BESIDE_HEAP;
    return Program.bounded(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.megabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + folder.resolve("crash"),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                DecoderClasses.path(folder),
                DecoderMain.class.getName(),
                Long.toString(limits.maxPixels())),
            "--data=" + ((long) most << 20))
        .directory(folder.toFile())
        .redirectError(Redirect.to(errors(folder).toFile()));
  }

  private static Path errors(Path folder) {
    return folder.resolve("errors");
  }

  /** A folder of its own, which is deleted when it is closed. */
  Path folder() {
    return folder;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The next requests are for another picture, which has the full time again. */
  void beginPicture() {
    time.beginPicture();
  }

  /**
   * Sends a request. If it fails for a reason other than the file, the process is ended.
   *
   * @throws NoPreviewException when there is no picture, or it takes too much
   * @throws IOException when a file cannot be read or written, or the process ended for a reason
   *     other than the file
   */
  MediaFacts ask(DecoderRequest request)
      throws IOException, NoPreviewException, InterruptedException {
    return answer(request).facts();
  }

  /** The same, with the words of the answer. */
  DecoderAnswer answer(DecoderRequest request)
      throws IOException, NoPreviewException, InterruptedException {
    boolean isWell = false;
    try {
      time.beginRequest();
      if (time.isUsedUp()) {
        throw new TimeoutException();
      }
      DecoderAnswer answer = awaitInTime(begin(() -> exchange(request)));
      time.endRequest();
      isWell = answer.verdict() != DecoderAnswer.Verdict.TROUBLE;
      answer.orThrow();
      return answer;
    } catch (TimeoutException e) {
      throw ended(
          "time",
          "The picture takes longer to decode than the "
              + limits.most().toSeconds()
              + " seconds it has.");
    } catch (ExecutionException e) {
      throw ended();
    } finally {
      if (!isWell) {
        close();
      }
    }
  }

  private DecoderAnswer exchange(DecoderRequest request) throws IOException {
    request.write(requests);
    requests.flush();
    return DecoderAnswer.read(answers);
  }

  /** A read from a pipe ends only with the process at its other end. */
  private FutureTask<DecoderAnswer> begin(Callable<DecoderAnswer> exchange) {
    FutureTask<DecoderAnswer> answer = new FutureTask<>(exchange);
    Thread thread = new Thread(answer, "slipway-decoder");
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  /** Its time is that of the processor: on a busy machine it gets little of that in a minute. */
  private DecoderAnswer awaitInTime(FutureTask<DecoderAnswer> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    while (true) {
      try {
        return answer.get(time.untilNextLook().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (time.isUsedUp()) {
          throw e;
        }
      }
    }
  }

  private NoPreviewException ended() throws IOException, InterruptedException {
    process.waitFor(MOST_END.toMillis(), TimeUnit.MILLISECONDS);
    int status = process.isAlive() ? -1 : process.exitValue();
    EndStatus end = new EndStatus(status);
    if (status == DecoderMain.TROUBLE || end.isToldToEnd()) {
      throw new IOException("A decoder ended with status " + status + ": " + lastWords());
    }
    if (end.isKilled()) {
      count("killed");
      throw new KilledException("A decoder was killed, with status " + status);
    }
    if (status == DecoderMain.OUT_OF_MEMORY) {
      return ended(
          "memory",
          "The picture takes more memory to decode than the " + limits.megabytes() + " MB it has.");
    }
    LOG.warn("A decoder ended with status {}: {}", status, lastWords());
    return ended("crash", "The picture ended the program that was to decode it.");
  }

  private static NoPreviewException ended(String cause, String words) {
    count(cause);
    return NoPreviewException.costly(words);
  }

  private static void count(String cause) {
    Metrics.counter("slipway.decoders.ended", "cause", cause).increment();
  }

  /** Its output, for those who run the server. */
  private String lastWords() {
    try (InputStream errors = Files.newInputStream(errors(folder))) {
      return new String(errors.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends it at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(MOST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    work.release(folder);
  }
}
