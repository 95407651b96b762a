package slipway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.slf4j.LoggerFactory;
import slipway.details.Markup;
import slipway.details.Words;
import slipway.http.Rehearsal;
import slipway.media.MediaType;

/**
 * Loads the application's classes, and what the libraries need for what every request does, while
 * files can be opened. Java never looks again for a class that could not be loaded once, as when
 * there were no file descriptors left: what needs it would fail until a restart.
 */
final class Loading {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Loading.class);
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String END = ".class";

  private Loading() {}

  /** Loads all. */
  static void run(ServletContext context) throws IOException {
    long start = System.nanoTime();
    int count = loadClasses(context);
    Rehearsal.run();
    tellOfAFailure();
    MediaType.detect("GIF89a".getBytes(StandardCharsets.US_ASCII));
    Words.of(Markup.clean("<b>a</b>").text());
    LOG.debug("Loaded {} classes in {} ms", count, (System.nanoTime() - start) / 1_000_000);
  }

  /** In the log's own form, for nobody: what cannot be told of must not become a failure itself. */
  private static void tellOfAFailure() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      Logger logger = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      Throwable failure = new IOException("none", new IllegalStateException("none"));
      LoggingEvent event =
          new LoggingEvent(
              Loading.class.getName(), logger, Level.WARN, "{}", failure, new Object[] {"none"});
      for (var all = logger.iteratorForAppenders(); all.hasNext(); ) {
        if (all.next() instanceof OutputStreamAppender<ILoggingEvent> output) {
          output.getEncoder().encode(event);
        }
      }
    }
  }

  private static int loadClasses(ServletContext context) {
    int count = 0;
    Deque<String> folders = new ArrayDeque<>(Set.of(CLASSES + "slipway/"));
    while (!folders.isEmpty()) {
      Set<String> paths = context.getResourcePaths(folders.pop());
      for (String path : paths == null ? Set.<String>of() : paths) {
        if (path.endsWith("/")) {
          folders.push(path);
        } else if (path.endsWith(END) && !path.endsWith("-info.class")) {
          load(path.substring(CLASSES.length(), path.length() - END.length()).replace('/', '.'));
          count++;
        }
      }
    }
    return count;
  }

  /** Also sets up what it holds for all its objects. */
  private static void load(String name) {
    try {
      Class.forName(name, true, Loading.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The class " + name + " of the application is missing", e);
    }
  }
}
