package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Links the WAR's classes that a start only loads. A class archive takes those of an application's
 * own class loader only once they are linked: the others would be read and verified at every start.
 */
final class Linking {
  /** The file in which the JVM writes what it loads, as a system property. */
  private static final String LOADED = "harness.loaded";

  private static final String SOURCE = " source: ";

  private Linking() {}

  /** Options of the JVM whose classes are to be archived. */
  static List<String> options(Path loaded) {
    return List.of("-Xlog:class+load:file=" + loaded + ":none", "-D" + LOADED + "=" + loaded);
  }

  /** Links what was loaded so far, where the JVM was started with {@link #options}. */
  static void run(ClassLoader application) throws IOException {
    String loaded = System.getProperty(LOADED);
    if (loaded == null) {
      return;
    }
    try (Stream<String> lines = Files.lines(Path.of(loaded))) {
      lines
          .filter(line -> line.contains("/WEB-INF/"))
          .map(line -> line.substring(0, line.indexOf(SOURCE)))
          .toList()
          .forEach(name -> link(name, application));
    }
  }

  /** To list its methods is the one way that links a class and sets nothing of it up. */
  @SuppressWarnings("ReturnValueIgnored")
  private static void link(String name, ClassLoader application) {
    try {
      Class.forName(name, false, application).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError e) {
      // It goes without what is optional, and so will the archive.
    }
  }
}
