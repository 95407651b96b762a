package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files in a local folder: {@code incoming/} for those that are being received, {@code 1/} to
 * {@code 64/} for the storage trees. The renditions of a file are in a folder beside it, of its
 * name and {@code .renditions}. Names are made here; nothing a visitor says becomes a path.
 */
public final class FileMediaStore implements MediaStore {
  /** How many storage trees there are, so that no folder grows without bound. */
  public static final int TREES = 64;

  private static final String RENDITIONS = ".renditions";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

  private final Path root;
  private final Path incoming;

  /** Keeps files in that folder, making it where it is missing. */
  public FileMediaStore(Path root) throws IOException {
    this.root = root;
    this.incoming = Files.createDirectories(root.resolve("incoming"));
    for (int tree = 1; tree <= TREES; tree++) {
      Files.createDirectories(tree(tree));
    }
    syncFolder(root);
  }

  @Override
  public Incoming receive() throws IOException {
    Path path = incoming.resolve(newName());
    return new Incoming(path, FileChannel.open(path, CREATE_NEW, READ, WRITE));
  }

  @Override
  public PartialFile receiveInParts() {
    return partial(newName());
  }

  @Override
  public PartialFile partial(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("No name of a file in the media store");
    }
    return new PartialFile(incoming.resolve(name));
  }

  @Override
  public MediaKey keep(IncomingFile file) throws IOException {
    file.sync();
    MediaKey key = key(file.name());
    Files.move(file.path(), path(key), StandardCopyOption.ATOMIC_MOVE);
    try {
      syncFolder(tree(key.treeId()));
    } catch (IOException e) {
      // It is not known where a crash would leave the file: another move has it flushed anew.
      Files.move(path(key), file.path(), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    return key;
  }

  @Override
  public void takeBack(MediaKey key) throws IOException {
    Files.move(path(key), incoming.resolve(key.name()), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Optional<Media> open(MediaKey key) throws IOException {
    return open(path(key));
  }

  @Override
  public Optional<Media> openRendition(MediaKey key, String name) throws IOException {
    return open(renditions(key).resolve(name));
  }

  private static Optional<Media> open(Path file) throws IOException {
    try {
      FileChannel channel = FileChannel.open(file, READ);
      BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Media(channel, about.size(), about.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void keepRenditions(MediaKey key, Map<String, byte[]> renditions) throws IOException {
    Path folder = Files.createDirectory(incoming.resolve(newName()));
    try {
      write(folder, renditions);
      deleteAll(renditions(key));
      Files.move(folder, renditions(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // On a full disk they would be in the way of the next attempt.
      deleteAll(folder);
      throw e;
    }
    syncFolder(tree(key.treeId()));
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
    syncFolder(folder);
  }

  @Override
  public void delete(MediaKey key) throws IOException {
    deleteAll(renditions(key));
    Files.deleteIfExists(path(key));
  }

  /** Deletes a file, or a folder and the files in it, if it is there. */
  private static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path file : files(path)) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }

  @Override
  public int sweep(Predicate<MediaKey> known, Set<String> unfinished) throws IOException {
    for (String name : unfinished) {
      takeBackIfKept(key(name), known);
    }
    int swept = 0;
    for (Path file : files(incoming)) {
      if (!unfinished.contains(file.getFileName().toString())) {
        deleteAll(file);
        swept++;
      }
    }
    for (int tree = 1; tree <= TREES; tree++) {
      for (Path file : files(tree(tree))) {
        String name = file.getFileName().toString().replace(RENDITIONS, "");
        if (!known.test(new MediaKey(tree, name))) {
          deleteAll(file);
          swept++;
        }
      }
    }
    return swept;
  }

  /** A crash may have come between the keeping of a file and the making of its photo. */
  private void takeBackIfKept(MediaKey key, Predicate<MediaKey> known) throws IOException {
    if (Files.exists(path(key)) && !known.test(key)) {
      takeBack(key);
    }
  }

  private static MediaKey key(String name) {
    return new MediaKey(1 + Math.floorMod(name.hashCode(), TREES), name);
  }

  private Path tree(int treeId) {
    return root.resolve(Integer.toString(treeId));
  }

  @Override
  public Path path(MediaKey key) {
    return tree(key.treeId()).resolve(key.name());
  }

  private Path renditions(MediaKey key) {
    return tree(key.treeId()).resolve(key.name() + RENDITIONS);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** It begins with the time, so that files of one time are neighbours in the database. */
  private static String newName() {
    String random = UUID.randomUUID().toString().replace("-", "");
    String seconds = HexFormat.of().toHexDigits((int) Instant.now().getEpochSecond());
    return seconds + random.substring(seconds.length());
  }

  /** Makes the names in a folder durable, as a file's own flush does not. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
