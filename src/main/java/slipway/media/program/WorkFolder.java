package slipway.media.program;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Where other programs write to, in folders of their own. Nothing in it outlives the server. */
public final class WorkFolder {
  private final Path root;

  /** At that path, to be made at first need. */
  public WorkFolder(Path root) {
    this.root = root;
  }

  /** Deletes what a server that was killed left in it. */
  public void clear() throws IOException {
    delete(root);
  }

  /** A new folder that only our own user may enter. */
  public Path newFolder() throws IOException {
    Files.createDirectories(root);
    return Files.createTempDirectory(root, "");
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path one, IOException failure)
              throws IOException {
            Files.deleteIfExists(one);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
