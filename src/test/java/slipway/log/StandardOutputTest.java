package slipway.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final Writes writes = new Writes();
  private final LoggerContext context = new LoggerContext();
  private final StandardOutput output = new StandardOutput();

  /** Notes what each write brought. */
  private static final class Writes extends OutputStream {
    private final List<String> all = new ArrayList<>();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      all.add(new String(bytes, from, length, UTF_8));
    }

    synchronized List<String> all() {
      return List.copyOf(all);
    }
  }

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    output.setContext(context);
    output.setEncoder(encoder);
    output.setOutputStream(writes);
    output.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(output);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void answered(String line) {
    context.getLogger(StandardOutput.MAY_WAIT).info(line);
  }

  /** What has been written, once that has come to this end. */
  private List<String> writtenTo(String last) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!written().endsWith(last) && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(written()).endsWith(last);
    return writes.all();
  }

  private String written() {
    return String.join("", writes.all());
  }

  @Test
  void writesTheLinesOfManyRequestsTogether() {
    for (int i = 0; i < 1000; i++) {
      answered("request " + i);
    }
    assertThat(writtenTo("request 999\n")).hasSizeLessThan(100);
    assertThat(written().lines()).hasSize(1000).startsWith("request 0", "request 1");
  }

  @Test
  void writesOtherLinesAtOnceBehindThoseThatWait() {
    answered("before");
    context.getLogger("slipway.other").warn("told");
    assertThat(written()).isEqualTo("before\ntold\n");
    context.getLogger("slipway.other").warn("told again");
    assertThat(written()).endsWith("told again\n");
  }

  @Test
  void writesWholeLinesWhereThereAreTooMany() {
    for (int i = 0; i < 9; i++) {
      answered(Integer.toString(i).repeat(StandardOutput.BYTES / 2 - 100));
    }
    assertThat(writtenTo("8\n")).allMatch(write -> write.endsWith("\n"));
  }

  @Test
  void losesNoneAtTheEnd() {
    answered("last");
    context.stop();
    assertThat(written()).isEqualTo("last\n");
  }
}
