package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import slipway.disk.Durable;

/**
 * The identity of a media folder, which is checked before it is used. Only {@link #write} changes
 * it, so that a folder which is refused, such as the place where a disk is not mounted, stays as it
 * is.
 */
public final class FolderIdentity implements MediaIdentity {
  private final Path root;

  /** The identity of a folder, which need not exist. */
  public FolderIdentity(Path root) {
    this.root = root;
  }

  @Override
  public String kind() {
    return "media folder";
  }

  @Override
  public String place() {
    return root.toString();
  }

  private Path file() {
    return root.resolve(NAME);
  }

  private Path togetherFile() {
    return root.resolve(TOGETHER);
  }

  @Override
  public String together() {
    return "file " + togetherFile();
  }

  @Override
  public String suspicion() {
    return "the media folder's disk may not be mounted";
  }

  @Override
  public Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(file()).strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new IOException(
          "the file %s is damaged: it must hold one line of text, the identity of the database"
                  .formatted(file())
              + " that belongs to this media folder. Put it back from a back-up of the media, or"
              + " remove it: it is then written again if the two agree",
          e);
    }
  }

  @Override
  public boolean isSaidToBelong() {
    return Files.exists(togetherFile());
  }

  @Override
  public void write(String identity) throws IOException {
    MediaAccess.OWNER.createFolders(root);
    Durable.createFolders(root);
    Path next = root.resolve(NAME + ".next");
    try (FileChannel channel = MediaAccess.OWNER.open(next, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer text = ByteBuffer.wrap((identity + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    try {
      Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Another node that shares the folder may have written the same just now.
      if (!read().equals(Optional.of(identity))) {
        throw e;
      }
    }
    Folders.sync(root);
    if (Files.deleteIfExists(togetherFile())) {
      Folders.sync(root);
    }
  }

  @Override
  public boolean has(MediaKey key) {
    return Files.exists(FileNames.path(root, key));
  }

  @Override
  public boolean hasKept() throws IOException {
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      if (hasFiles(FileNames.tree(root, tree))) {
        return true;
      }
    }
    return new SetAside(root).count() > 0;
  }

  @Override
  public boolean isUsed() throws IOException {
    return hasKept() || hasFiles(root.resolve(Spool.FOLDER));
  }

  /** Looks no further than to the first. */
  private static boolean hasFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> FileNames.original(file).isPresent())) {
      return files.iterator().hasNext();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
  }
}
