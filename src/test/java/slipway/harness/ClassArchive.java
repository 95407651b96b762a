package slipway.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of the JVM and of one container as a start leaves them in memory (class data sharing,
 * JEP 350): a start with them costs a third less CPU. Made by the first start of a build; a JVM
 * that cannot use them starts as ever.
 */
final class ClassArchive {
  private static final Path FOLDER = Build.directory().resolve("class-archives");
  private static final Path TEST_CLASSES = Build.directory().resolve("test-classes");

  private final Container container;
  private final Path harness;
  private final Path file;

  private ClassArchive(Container container) {
    this.container = container;
    String name = container.folder() + "-" + Runtime.version().feature();
    harness = FOLDER.resolve(name + ".jar");
    file = FOLDER.resolve(name + ".jsa");
  }

  /**
   * Options and class path of a JVM that runs a container, and finds its classes in an archive if
   * it has one. To make one costs as much as eight starts with it save, and but for {@code mvn
   * -Pfaults verify} one container alone is started as often.
   */
  static List<String> options(Container container) throws IOException {
    if (!AnyContainer.ALL && container != Container.JETTY_12) {
      return List.of("-cp", container.classPath());
    }
    ClassArchive archive = new ClassArchive(container);
    synchronized (container) {
      archive.makeOnce();
    }
    return List.of(
        "-XX:SharedArchiveFile=" + archive.file, "-Xlog:cds=off", "-cp", archive.classPath());
  }

  /** One test JVM of the build makes it while the others that need it wait. */
  private void makeOnce() throws IOException {
    Files.createDirectories(FOLDER);
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve(container.folder() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !isCurrent()) {
        packHarness();
        make();
      }
    }
  }

  /** Whether it was made of the harness as it is now; the JVM itself looks at the other jars. */
  private boolean isCurrent() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    for (Path compiled : harnessClasses()) {
      if (Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(file)) > 0) {
        return false;
      }
    }
    return true;
  }

  /** An archive takes classes of jars only. */
  private void packHarness() throws IOException {
    try (OutputStream stream = Files.newOutputStream(harness);
        JarOutputStream jar = new JarOutputStream(stream)) {
      for (Path compiled : harnessClasses()) {
        jar.putNextEntry(new JarEntry(TEST_CLASSES.relativize(compiled).toString()));
        Files.copy(compiled, jar);
      }
    }
  }

  private static List<Path> harnessClasses() throws IOException {
    try (Stream<Path> classes = Files.list(TEST_CLASSES.resolve("slipway/harness"))) {
      return classes.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(container.jars())) {
      return Stream.concat(Stream.of(harness), jars.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }

  private void make() throws IOException {
    Path home = Build.newFolder("class-archives", container.folder());
    Path made = home.resolve("made.jsa");
    Process process = start(home, made);
    try (BufferedReader output = process.inputReader()) {
      if (output.lines().noneMatch(line -> line.startsWith(Launch.READY))) {
        throw new IOException(container + " did not start");
      }
      process.getOutputStream().close(); // ends the launcher
      output.lines().forEach(line -> {});
    }
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    Build.delete(home);
  }

  private Process start(Path home, Path made) throws IOException {
    List<String> command = new ArrayList<>(Server.java());
    command.add("-XX:ArchiveClassesAtExit=" + made);
    command.addAll(Linking.options(home.resolve("loaded.txt")));
    command.add("-Dslipway.data=" + home.resolve("data"));
    command.addAll(List.of("-cp", classPath(), container.mainClass()));
    command.addAll(List.of(Build.exploded().toString(), "0", home.resolve("work").toString()));
    return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
  }
}
