package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files in a local folder: {@code 1/} to {@code 64/} for the storage trees, {@code set-aside/} for
 * those that no row knows. The renditions of a file are in folders beside it, of its name, {@code
 * .renditions} and their version.
 */
public final class FileMediaStore implements MediaStore {
  private final Path root;
  private final Spool spool;
  private final SharedFlush flushes = new SharedFlush();

  /** Keeps files beside that spool: they are kept by a move, and set aside where its files are. */
  public FileMediaStore(Spool spool) throws IOException {
    this.root = spool.root();
    this.spool = spool;
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      spool.access().prepareFolder(FileNames.tree(root, tree));
    }
  }

  @Override
  public MediaKey keep(IncomingFile file) throws IOException {
    file.sync();
    MediaKey key = MediaKey.of(file.name());
    if (file.mayBeKept() && Files.exists(path(key))) {
      throw new FileAlreadyExistsException(key.name()); // To move over it would lose it.
    }
    Files.move(file.path(), path(key), StandardCopyOption.ATOMIC_MOVE);
    try {
      syncTree(key);
    } catch (IOException e) {
      // It is unknown where a crash would leave the file: another move gets it flushed again.
      Files.move(path(key), file.path(), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    file.isAtItsPath(false);
    return key;
  }

  @Override
  public void takeBack(MediaKey key, IncomingFile file) throws IOException {
    Files.move(path(key), file.path(), StandardCopyOption.ATOMIC_MOVE);
    file.isAtItsPath(true);
  }

  @Override
  public boolean takeBackIfKept(PartialFile file) throws IOException {
    boolean kept = isKept(file);
    if (kept) {
      takeBack(MediaKey.of(file.name()), file);
    }
    return kept;
  }

  @Override
  public boolean isKept(PartialFile file) {
    return Files.exists(path(MediaKey.of(file.name()))) && !Files.exists(file.path());
  }

  @Override
  public boolean setAsideIfKept(PartialFile file) throws IOException {
    boolean kept = isKept(file) && spool.aside().add(path(MediaKey.of(file.name())));
    if (kept) {
      spool.aside().sync(path(MediaKey.of(file.name())).getParent());
    }
    return kept;
  }

  @Override
  public Optional<Media> open(MediaKey key) throws IOException {
    return open(path(key));
  }

  @Override
  public Optional<LocalFile> local(MediaKey key) {
    // A failing disk does not say whether the file exists.
    return Optional.of(path(key))
        .filter(path -> !Files.notExists(path))
        .map(path -> new LocalFile(path, () -> {}));
  }

  @Override
  public Optional<Media> openRendition(MediaKey key, long version, String name) throws IOException {
    return open(renditions(key, version).resolve(name));
  }

  private static Optional<Media> open(Path file) throws IOException {
    try {
      // Before the channel, which nobody would close if the file went just then.
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return Optional.of(media(file, FileChannel.open(file, READ), modified));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Media media(Path file, FileChannel channel, Instant modified) throws IOException {
    try {
      return new FileMedia(file, channel, channel.size(), modified);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void keepRenditions(MediaKey key, long version, Map<String, LocalFile> renditions)
      throws IOException {
    spool.names().add(key.name()); // Noted for the comparison, as no row names these yet.
    Path made = spool.access().createFolder(spool.folder().resolve(spool.newName()));
    Path kept = renditions(key, version);
    try {
      write(made, spool.access(), renditions);
      Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // On a full disk they would be in the way of the next attempt.
      Folders.deleteAll(made);
      throw e;
    }
    try {
      syncTree(key);
    } catch (IOException e) {
      Folders.deleteAll(kept);
      throw e;
    }
  }

  private static void write(Path folder, MediaAccess access, Map<String, LocalFile> renditions)
      throws IOException {
    for (Map.Entry<String, LocalFile> rendition : renditions.entrySet()) {
      Path file = folder.resolve(rendition.getKey());
      try (InputStream made = Files.newInputStream(rendition.getValue().path());
          FileChannel channel = access.open(file, CREATE_NEW, WRITE)) {
        made.transferTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
    }
    Folders.sync(folder);
  }

  @Override
  public void deleteRenditions(MediaKey key, long version) throws IOException {
    delete(key, renditions(key, version));
  }

  @Override
  public void delete(MediaKey key) throws IOException {
    delete(key, path(key));
  }

  private void delete(MediaKey key, Path path) throws IOException {
    spool.names().add(key.name());
    if (!Folders.deleteAll(path)) {
      deleteAside(path); // Its row was deleted just before, so the file may have been set aside.
    }
  }

  private void deleteAside(Path path) throws IOException {
    Optional<Path> there = spool.aside().find(path);
    if (there.isPresent()) {
      Folders.deleteAll(there.get());
    }
  }

  private Path path(MediaKey key) {
    return FileNames.path(root, key);
  }

  private Path renditions(MediaKey key, long version) {
    return FileNames.renditions(root, key, version);
  }

  private void syncTree(MediaKey key) throws IOException {
    flushes.sync(FileNames.tree(root, key.treeId()));
  }

  @Override
  public List<String> namesOf(MediaKey key, long... versions) {
    return List.of();
  }
}
