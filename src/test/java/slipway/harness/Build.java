package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** Where the build keeps what the tests use and leave. */
final class Build {
  private Build() {}

  /** The build's output folder: {@code target}. */
  static Path directory() {
    return Path.of(System.getProperty("project.build.directory", "target")).toAbsolutePath();
  }

  /** The built WAR. */
  static Path war() {
    return directory().resolve("slipway.war");
  }

  /** The folder which the WAR is packed from: what it holds, and nothing else. */
  static Path exploded() {
    return directory().resolve("slipway");
  }

  /** A new folder of the build's own, {@code target/<parent>/<prefix>...}. */
  static Path newFolder(String parent, String prefix) {
    try {
      Path folder = Files.createDirectories(directory().resolve(parent));
      return Files.createTempDirectory(folder, prefix + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the tables of a database come from: the migrations, and the code that runs them. */
  static Path[] schema() {
    Path classes = directory().resolve("classes");
    return new Path[] {classes.resolve("db"), classes.resolve("slipway").resolve("db")};
  }

  /** Copies what a folder holds into one that is there, with the permissions of the folder. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target);
        } else if (!Files.exists(target)) {
          Files.createDirectory(target);
        }
      }
    }
    Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
  }

  /** Removes a folder with all it holds, as far as its processes have released of it. */
  static void delete(Path folder) {
    FileUtils.deleteQuietly(folder.toFile());
  }
}
