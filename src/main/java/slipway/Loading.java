package slipway;

import jakarta.servlet.ServletContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.details.Markup;
import slipway.details.Words;
import slipway.http.Rehearsal;
import slipway.media.MediaType;
import slipway.web.PageRehearsal;

/**
 * Loads what requests need while files can be opened. Java never looks again for a class that it
 * once failed to load, for example because no file descriptors were left: whatever needs the class
 * would fail until a restart.
 */
final class Loading {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String END = ".class";

  /** Needed only with a database on a server. */
  static final String SERVERS = CLASSES + "slipway/db/postgres/";

  /** Needed only with a bucket. */
  static final String BUCKETS = CLASSES + "slipway/media/s3/";

  /** Needed only where e-mail is sent, but for what notes what it would tell of. */
  static final String MAIL = CLASSES + "slipway/mail/";

  /** The libraries' classes that the service uses; LoadedAtTheStartIT fails when one is missing. */
  private static final String LIBRARIES = "libraries.txt";

  private Loading() {}

  /**
   * Loads the application's classes, and those of its libraries.
   *
   * @param unused folders with classes that this service makes no use of
   */
  static void run(ServletContext context, Set<String> unused) throws IOException {
    long start = System.nanoTime();
    loadLibraries();
    int count = loadClasses(context, unused);
    Rehearsal.run();
    PageRehearsal.run();
    MediaType.detect("no media".getBytes(StandardCharsets.US_ASCII));
    Words.of(Markup.clean("<b>a</b>").text());
    LOG.debug("Loaded {} classes in {} ms", count, (System.nanoTime() - start) / 1_000_000);
  }

  private static int loadClasses(ServletContext context, Set<String> unused) {
    int count = 0;
    Deque<String> folders = new ArrayDeque<>(Set.of(CLASSES + "slipway/"));
    while (!folders.isEmpty()) {
      Set<String> paths = context.getResourcePaths(folders.pop());
      for (String path : paths == null ? Set.<String>of() : paths) {
        if (unused.contains(path)) {
          continue;
        } else if (path.endsWith("/")) {
          folders.push(path);
        } else if (path.endsWith(END) && !path.endsWith("-info.class")) {
          load(path.substring(CLASSES.length(), path.length() - END.length()).replace('/', '.'));
          count++;
        }
      }
    }
    return count;
  }

  /** Also runs the class's static initializers. */
  private static void load(String name) {
    try {
      Class.forName(name, true, Loading.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The class " + name + " of the application is missing", e);
    }
  }

  /** Most containers open a library's archive again for each class that they load from it. */
  private static void loadLibraries() throws IOException {
    ClassLoader loader = Loading.class.getClassLoader();
    for (String name : libraries()) {
      try {
        Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        LOG.debug("The class {} is no longer in any library", name, e);
      }
    }
  }

  private static List<String> libraries() throws IOException {
    try (BufferedReader names =
        new BufferedReader(
            new InputStreamReader(
                Loading.class.getResourceAsStream(LIBRARIES), StandardCharsets.UTF_8))) {
      return names.lines().toList();
    }
  }
}
