package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Checks whether incoming files can be written, by writing one, and moved to the kept files, as far
 * as the folders' permissions show.
 */
public final class WriteCheck {
  /** More than a file system keeps beside a file's name. */
  private static final int BYTES = 8192;

  private final Path root;
  private final Path file;
  private final boolean hasTrees;

  /**
   * The check of a media folder.
   *
   * @param hasTrees whether files are kept there, too
   */
  public WriteCheck(Path root, boolean hasTrees) {
    this.root = root;
    this.hasTrees = hasTrees;
    this.file = root.resolve(Spool.FOLDER).resolve("check");
  }

  /**
   * Writes a small file where uploads are received, flushes and deletes it, and checks the folders
   * of all trees.
   *
   * @throws IOException when that cannot be done, such as on a full disk, or a folder is not there
   *     or takes no files
   */
  public void run() throws IOException {
    for (int tree = 1; hasTrees && tree <= MediaKey.TREES; tree++) {
      requireOpen(FileNames.tree(root, tree));
    }
    try (FileChannel channel = MediaAccess.OWNER.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void requireOpen(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }
}
