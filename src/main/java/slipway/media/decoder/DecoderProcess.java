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
import java.util.Optional;
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
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/**
 * A JVM that does nothing but decode pictures, for one thread at a time. It is killed when it takes
 * too long, and ends by itself when its heap is full.
 */
final class DecoderProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderProcess.class);
  private static final Duration MOST_START = Duration.ofSeconds(60);
  private static final Duration MOST_END = Duration.ofSeconds(2);
  private static final int MOST_WORDS = 500;

  /** How often it is looked at within its time. */
  private static final int LOOKS = 4;

  /** How many times as long it may take by the clock. */
  private static final int MOST_TIMES_BY_THE_CLOCK = 5;

  /** What it may take beside its heap: native decoders, code, threads. */
  private static final int MEGABYTES_BESIDE_HEAP = 512;

  private final DecoderLimits limits;
  private final Path folder;
  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  private DecoderProcess(DecoderLimits limits, Path folder, Process process) {
    this.limits = limits;
    this.folder = folder;
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /**
   * Starts one, and waits until it can decode.
   *
   * @throws IOException when it cannot be started, or does not begin
   */
  static DecoderProcess start(DecoderLimits limits, WorkFolder work)
      throws IOException, InterruptedException {
    Path folder = work.newFolder();
    Process process;
    try {
      process = command(limits, folder).start();
    } catch (IOException e) {
      WorkFolder.delete(folder);
      throw e;
    }
    DecoderProcess decoder = new DecoderProcess(limits, folder, process);
    boolean isReady = false;
    try {
      decoder
          .begin(() -> DecoderAnswer.read(decoder.answers))
          .get(MOST_START.toNanos(), TimeUnit.NANOSECONDS);
      isReady = true;
      return decoder;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("A decoder did not begin: " + decoder.lastWords(), e);
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

  /**
   * Asks for something. When it fails by more than the file's fault, the process is ended.
   *
   * @throws NoPreviewException when there is no picture, or it takes too much
   * @throws IOException when a file cannot be read or written
   */
  MediaFacts ask(DecoderRequest request)
      throws IOException, NoPreviewException, InterruptedException {
    boolean isWell = false;
    try {
      DecoderAnswer answer = awaitInTime(begin(() -> exchange(request)));
      isWell = answer.verdict() != DecoderAnswer.Verdict.TROUBLE;
      return answer.orThrow();
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

  /** Reading from a pipe ends for nobody but the process at its other end. */
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
    Duration before = processorTime().orElse(Duration.ZERO);
    for (int look = 1; ; look++) {
      try {
        return answer.get(limits.most().toMillis() / LOOKS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean isUsedUp =
            processorTime()
                .map(now -> now.minus(before).compareTo(limits.most()) >= 0)
                .orElse(look >= LOOKS);
        if (isUsedUp || look >= LOOKS * MOST_TIMES_BY_THE_CLOCK) {
          throw e;
        }
      }
    }
  }

  private Optional<Duration> processorTime() {
    return process.info().totalCpuDuration();
  }

  private NoPreviewException ended() throws InterruptedException {
    process.waitFor(MOST_END.toMillis(), TimeUnit.MILLISECONDS);
    int status = process.isAlive() ? -1 : process.exitValue();
    if (status == DecoderMain.OUT_OF_MEMORY) {
      return ended(
          "memory",
          "The picture takes more memory to decode than the " + limits.megabytes() + " MB it has.");
    }
    LOG.warn("A decoder ended with status {}: {}", status, lastWords());
    return ended("crash", "The picture ended the program that was to decode it.");
  }

  private static NoPreviewException ended(String cause, String words) {
    Metrics.counter("slipway.decoders.ended", "cause", cause).increment();
    return NoPreviewException.costly(words);
  }

  /** What it printed for those who run the server. */
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
    try {
      WorkFolder.delete(folder);
    } catch (IOException e) {
      LOG.debug("The folder of a decoder could not be deleted", e);
    }
  }
}
