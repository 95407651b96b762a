package slipway.disk;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes files and folders survive a power loss: their bytes are flushed, and so are their names,
 * which a file's own flush does not promise.
 */
public final class Durable {
  private Durable() {}

  /** Makes the names in a folder durable. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  /**
   * Makes a folder, with those above it, where it is missing; its name is durable on return, even
   * if an earlier process made it.
   *
   * @param attributes of the folders that are made
   * @return the folder
   * @throws FileAlreadyExistsException when there is a file of that name
   */
  public static Path createFolders(Path folder, FileAttribute<?>... attributes) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = whole; path != null && !Files.exists(path); path = path.getParent()) {
      missing.push(path);
    }
    while (!missing.isEmpty()) {
      Path next = missing.pop();
      if (!next.equals(whole)) {
        create(next, attributes);
        syncAbove(next);
      }
    }
    create(whole, attributes);
    syncAbove(whole);
    return folder;
  }

  private static void create(Path folder, FileAttribute<?>... attributes) throws IOException {
    try {
      Files.createDirectory(folder, attributes);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** A folder that may be written to, but not listed, cannot be flushed either. */
  private static void syncAbove(Path path) throws IOException {
    if (path.getParent() != null) {
      try {
        syncFolder(path.getParent());
      } catch (AccessDeniedException e) {
        // The folder's owner is responsible for the durability of its names.
      }
    }
  }

  /**
   * Writes a text file, whole or not at all; bytes and name are durable on return. If that fails,
   * there is no file of that name, even if there was one before.
   *
   * @param attributes of the file
   */
  public static void write(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(part, attributes);
    boolean isDone = false;
    try {
      try (FileChannel channel = FileChannel.open(part, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(file.toAbsolutePath().getParent());
      isDone = true;
    } finally {
      if (!isDone) {
        // The next start must not mistake it for a file that is on the disk.
        Files.deleteIfExists(part);
        Files.deleteIfExists(file);
      }
    }
  }
}
