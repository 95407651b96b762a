package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Removes a folder with all it holds, as far as its processes have released of it. */
  static void delete(Path folder) {
    FileUtils.deleteQuietly(folder.toFile());
  }
}
