package slipway.harness;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs, at all levels, until this is closed. For many threads. */
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  /** Listens to that class. */
  public LogLines(Class<?> of) {
    logger = (Logger) LoggerFactory.getLogger(of);
    appender.list = new CopyOnWriteArrayList<>();
    appender.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(appender);
  }

  /** The lines, each with its level in front. */
  public List<String> all() {
    return appender.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Waits for a line. */
  public void await(String line) {
    Await.until(line, () -> all().contains(line));
  }

  @Override
  public void close() {
    logger.setLevel(null);
    logger.detachAppender(appender);
  }
}
