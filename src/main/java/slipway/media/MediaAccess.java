package slipway.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.Durable;

/** Who besides the service may read the files of the media folder; nobody else may write them. */
@SuppressWarnings("ImmutableEnumChecker") // The set is a copy that cannot be changed.
public enum MediaAccess {
  /** Nobody: files 0600, folders 0700. */
  OWNER("rw-------", 0700),
  /** The group that the files have, such as a proxy's: files 0640, folders 0750. */
  GROUP("rw-r-----", 0750);

  private static final Logger LOG = LoggerFactory.getLogger(MediaAccess.class);
  private static final int ALL = 0777;
  private static final FileAttribute<?> NEW_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> NEW_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Set<PosixFilePermission> file;
  private final int folder;

  MediaAccess(String file, int folder) {
    this.file = Set.copyOf(PosixFilePermissions.fromString(file));
    this.folder = folder;
  }

  /** Opens a file, which is made where the options say so and it is missing. */
  FileChannel open(Path path, OpenOption... options) throws IOException {
    boolean isThere = this == OWNER || Files.exists(path);
    FileChannel channel = FileChannel.open(path, Set.of(options), NEW_FILE);
    if (!isThere) {
      // Whatever the process's umask says.
      boolean isDone = false;
      try {
        Files.setPosixFilePermissions(path, file);
        isDone = true;
      } finally {
        if (!isDone) {
          channel.close();
        }
      }
    }
    return channel;
  }

  /** Makes a folder, and returns it. */
  Path createFolder(Path path) throws IOException {
    Files.createDirectory(path, NEW_FOLDER);
    if (this == GROUP) {
      setMode(path);
    }
    return path;
  }

  /** Makes a missing folder, durably, and sets its permissions. */
  Path prepareFolder(Path path) throws IOException {
    Durable.createFolders(path, NEW_FOLDER);
    try {
      if ((mode(path) & ALL) != folder) {
        setMode(path);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("The permissions of {} could not be set: {}", path, e.toString());
    }
    return path;
  }

  /** Makes a folder with those above it, where they are missing. */
  void createFolders(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      createFolders(path.getParent());
      try {
        createFolder(path);
      } catch (FileAlreadyExistsException e) {
        // Another thread was first.
      }
    }
  }

  /** The bit that gives files the group of their folder is left as it is. */
  private void setMode(Path path) throws IOException {
    Files.setAttribute(path, "unix:mode", (mode(path) & ~ALL) | folder);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode");
  }
}
