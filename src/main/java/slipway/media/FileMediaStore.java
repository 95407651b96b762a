package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Files in a local folder: {@code incoming/} for those that are being received, {@code 1/} to
 * {@code 64/} for the storage trees, {@code set-aside/} for those that no row knows. The renditions
 * of a file are in a folder beside it, of its name and {@code .renditions}. Names are made here;
 * nothing a visitor says becomes a path.
 */
public final class FileMediaStore implements MediaStore {
  /** How many storage trees there are, so that no folder grows without bound. */
  public static final int TREES = 64;

  static final String INCOMING = "incoming";

  private final Path root;
  private final Path incoming;
  private final SetAside aside;
  private final Leftovers leftovers;

  /** Keeps files in that folder, making it where it is missing. */
  public FileMediaStore(Path root) throws IOException {
    this.root = root;
    this.incoming = Files.createDirectories(root.resolve(INCOMING));
    this.aside = new SetAside(root);
    this.leftovers = new Leftovers(root, incoming, aside);
    for (int tree = 1; tree <= TREES; tree++) {
      Files.createDirectories(tree(tree));
    }
    Folders.sync(root);
  }

  /** What an earlier process left there. */
  public Leftovers leftovers() {
    return leftovers;
  }

  @Override
  public Incoming receive() throws IOException {
    Path path = incoming.resolve(newName() + FileNames.WHOLE);
    return new Incoming(path, FileChannel.open(path, CREATE_NEW, READ, WRITE));
  }

  @Override
  public PartialFile receiveInParts() {
    return partial(newName());
  }

  @Override
  public PartialFile partial(String name) {
    if (!FileNames.isName(name)) {
      throw new IllegalArgumentException("No name of a file in the media store");
    }
    leftovers.use(name);
    return new PartialFile(incoming.resolve(name));
  }

  @Override
  public MediaKey keep(IncomingFile file) throws IOException {
    file.sync();
    MediaKey key = key(file.name());
    if (Files.exists(path(key))) {
      throw new FileAlreadyExistsException(key.name()); // To move over it would lose it.
    }
    Files.move(file.path(), path(key), StandardCopyOption.ATOMIC_MOVE);
    try {
      Folders.sync(tree(key.treeId()));
    } catch (IOException e) {
      // It is not known where a crash would leave the file: another move has it flushed anew.
      Files.move(path(key), file.path(), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    return key;
  }

  @Override
  public void takeBack(MediaKey key, IncomingFile file) throws IOException {
    Files.move(path(key), file.path(), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean bringBack(PartialFile file) throws IOException {
    return aside.bringBack(file.path());
  }

  @Override
  public boolean takeBackIfKept(PartialFile file) throws IOException {
    MediaKey key = key(file.name());
    boolean kept = Files.exists(path(key)) && !Files.exists(file.path());
    if (kept) {
      takeBack(key, file);
    }
    return kept;
  }

  @Override
  public Optional<Media> open(MediaKey key) throws IOException {
    return open(path(key));
  }

  @Override
  public Optional<LocalFile> local(MediaKey key) {
    return Optional.of(path(key)).filter(Files::exists).map(path -> new LocalFile(path, () -> {}));
  }

  @Override
  public Optional<Media> openRendition(MediaKey key, String name) throws IOException {
    return open(renditions(key).resolve(name));
  }

  private static Optional<Media> open(Path file) throws IOException {
    try {
      FileChannel channel = FileChannel.open(file, READ);
      BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new FileMedia(channel, about.size(), about.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void keepRenditions(MediaKey key, Map<String, byte[]> renditions) throws IOException {
    Path folder = Files.createDirectory(incoming.resolve(newName()));
    try {
      write(folder, renditions);
      Folders.deleteAll(renditions(key));
      Files.move(folder, renditions(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // On a full disk they would be in the way of the next attempt.
      Folders.deleteAll(folder);
      throw e;
    }
    Folders.sync(tree(key.treeId()));
  }

  private static void write(Path folder, Map<String, byte[]> renditions) throws IOException {
    for (Map.Entry<String, byte[]> rendition : renditions.entrySet()) {
      Path file = folder.resolve(rendition.getKey());
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(rendition.getValue());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    }
    Folders.sync(folder);
  }

  @Override
  public void delete(MediaKey key) throws IOException {
    leftovers.use(key.name());
    Folders.deleteAll(renditions(key));
    if (!Files.deleteIfExists(path(key))) {
      deleteAside(path(key)); // Its row went just before, so that it may have been set aside.
      deleteAside(renditions(key));
    }
  }

  private void deleteAside(Path path) throws IOException {
    Optional<Path> there = aside.find(path);
    if (there.isPresent()) {
      Folders.deleteAll(there.get());
    }
  }

  private static MediaKey key(String name) {
    return new MediaKey(1 + Math.floorMod(name.hashCode(), TREES), name);
  }

  private Path tree(int treeId) {
    return FileNames.tree(root, treeId);
  }

  private Path path(MediaKey key) {
    return FileNames.path(root, key);
  }

  private Path renditions(MediaKey key) {
    return FileNames.renditions(root, key);
  }

  /** It begins with the time, so that files of one time are neighbours in the database. */
  private String newName() {
    String random = UUID.randomUUID().toString().replace("-", "");
    String seconds = HexFormat.of().toHexDigits((int) Instant.now().getEpochSecond());
    String name = seconds + random.substring(seconds.length());
    leftovers.use(name);
    return name;
  }
}
