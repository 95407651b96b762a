package slipway.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import slipway.disk.Durable;

/** Operations on whole folders. */
final class Folders {
  private Folders() {}

  /** Makes the names in a folder durable, as a file's own flush does not. */
  static void sync(Path folder) throws IOException {
    Durable.syncFolder(folder);
  }

  /** The files and folders in a folder. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /**
   * Deletes a file, or a folder and the files in it.
   *
   * @return whether it was there
   */
  static boolean deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path file : files(path)) {
        Files.deleteIfExists(file);
      }
    }
    return Files.deleteIfExists(path);
  }
}
