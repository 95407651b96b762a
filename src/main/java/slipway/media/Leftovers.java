package slipway.media;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What an earlier process left in the media folder, to be compared with the database while uploads
 * run. It excludes names that this process has assigned or was asked for, as the commit or deletion
 * of such a file may be in progress. For every other file both are over, as a data folder belongs
 * to one process at a time. Where nodes share the folder, this holds for files that have not been
 * touched for a while. For one thread, beside the store's many.
 */
public final class Leftovers {
  private final Path root;
  private final Path incoming;
  private final SetAside aside;
  private final NamesInUse names;

  /** How long a file must not have been touched to count as left over. */
  private final Duration quiet;

  /**
   * The leftovers in the folders of a spool.
   *
   * @param quiet how long a file must not have been touched to count as left over: zero if no other
   *     process uses the folders
   */
  Leftovers(Spool spool, Duration quiet) {
    this.quiet = quiet;
    this.root = spool.root();
    this.incoming = spool.folder();
    this.aside = spool.aside();
    this.names = spool.names();
  }

  /** Ends the comparison: names need no longer be noted. */
  public void end() {
    names.end();
  }

  /**
   * What was left under one name in a tree.
   *
   * @param key where it is
   * @param hasOriginal whether there is an original
   * @param versions of the renditions that there are
   */
  public record Kept(MediaKey key, boolean hasOriginal, List<Long> versions) {
    private static Kept of(MediaKey key, Path path) {
      OptionalLong version = FileNames.version(path);
      return version.isPresent()
          ? new Kept(key, false, List.of(version.getAsLong()))
          : new Kept(key, true, List.of());
    }

    private Kept and(Kept other) {
      List<Long> all = Stream.concat(versions.stream(), other.versions.stream()).toList();
      return new Kept(key, hasOriginal || other.hasOriginal, all);
    }
  }

  /** The originals and renditions of a tree that were left there, in order of their names. */
  public List<Kept> kept(int tree) throws IOException {
    SortedMap<String, Kept> kept = new TreeMap<>();
    Set<String> fresh = new HashSet<>();
    Instant since = freshSince();
    visit(
        FileNames.tree(root, tree),
        (name, path) -> {
          if (isFresh(path, since)) {
            fresh.add(name);
          }
          kept.merge(name, Kept.of(new MediaKey(tree, name), path), Kept::and);
        });
    kept.keySet().removeAll(fresh);
    return List.copyOf(kept.values());
  }

  /** The names of the files that came in pieces and were left unfinished, in order. */
  public List<String> unfinished() throws IOException {
    return List.copyOf(
        left(incoming, path -> FileNames.isName(path.getFileName().toString()) && isFile(path)));
  }

  private static boolean isFile(Path path) {
    return !Files.isDirectory(path);
  }

  private Collection<String> left(Path folder, Predicate<Path> wanted) throws IOException {
    Set<String> left = new TreeSet<>();
    Instant since = freshSince();
    visit(
        folder,
        (name, path) -> {
          if (wanted.test(path) && !isFresh(path, since)) {
            left.add(name);
          }
        });
    return left;
  }

  /**
   * By the clock that timestamps files, which may be a file server's: a node whose own clock is
   * ahead would mistake files that others are receiving for leftovers.
   */
  private Instant freshSince() throws IOException {
    if (quiet.isZero()) {
      return Instant.MAX;
    }
    Path mark = Files.createFile(incoming.resolve(FileNames.newName() + FileNames.WHOLE));
    try {
      return changed(mark).minus(quiet);
    } finally {
      Files.deleteIfExists(mark);
    }
  }

  private static Instant changed(Path path) throws IOException {
    return ((FileTime) Files.getAttribute(path, "unix:ctime")).toInstant();
  }

  /** Whether it was touched lately, perhaps by another node; a move counts. */
  private static boolean isFresh(Path path, Instant since) {
    try {
      return !since.equals(Instant.MAX) && changed(path).isAfter(since);
    } catch (IOException e) {
      return true; // It is gone, or being moved.
    }
  }

  /** The files whose names are not in use. */
  private void visit(Path folder, BiConsumer<String, Path> visitor) throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        FileNames.original(path)
            .filter(name -> !names.has(name))
            .ifPresent(name -> visitor.accept(name, path));
      }
    }
  }

  /**
   * Deletes what was left of uploads in one request and of renditions, which were never
   * acknowledged, and files that were about to be deleted.
   *
   * @return how many were deleted
   */
  public int deleteUnacknowledged() throws IOException {
    int deleted = 0;
    for (String name :
        left(incoming, path -> !FileNames.isName(path.getFileName().toString()) || !isFile(path))) {
      Folders.deleteAll(incoming.resolve(name + FileNames.WHOLE));
      if (Files.isDirectory(incoming.resolve(name))) {
        Folders.deleteAll(incoming.resolve(name));
      }
      deleted++;
    }
    return deleted;
  }

  /**
   * Sets a kept file aside, with its renditions.
   *
   * @return false when it has been used or deleted meanwhile
   */
  public boolean setAside(Kept kept) throws IOException {
    MediaKey key = kept.key();
    if (names.has(key.name())) {
      return false;
    }
    boolean moved = aside.add(FileNames.path(root, key));
    for (long version : kept.versions()) {
      moved |= aside.add(FileNames.renditions(root, key, version));
    }
    return moved;
  }

  /**
   * Deletes the renditions of a file except those of some versions: they were left by a process
   * that ended before they came into use, or before it deleted them in favour of others.
   *
   * @return false when the file has been used meanwhile, so that the known versions may be outdated
   */
  public boolean deleteOthers(Kept kept, long... versions) throws IOException {
    if (names.has(kept.key().name())) {
      return false;
    }
    for (long other : kept.versions()) {
      if (LongStream.of(versions).noneMatch(version -> version == other)) {
        Folders.deleteAll(FileNames.renditions(root, kept.key(), other));
      }
    }
    return true;
  }

  /** Sets a file aside that came in pieces; false when it has been used meanwhile. */
  public boolean setAside(String unfinished) throws IOException {
    if (names.has(unfinished)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(incoming.resolve(unfinished), WRITE)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      return false;
    }
    return aside.add(incoming.resolve(unfinished));
  }

  /** Deletes a file that came in pieces and is kept elsewhere, if both have the same length. */
  public void deleteCopy(String unfinished, long size) throws IOException {
    Path file = incoming.resolve(unfinished);
    if (!names.has(unfinished) && Files.exists(file) && Files.size(file) == size) {
      Files.deleteIfExists(file);
    }
  }

  /** Makes durable what was set aside of unfinished files. */
  public void syncUnfinished() throws IOException {
    aside.sync(incoming);
  }

  /**
   * Moves a kept file to another tree, with its renditions, unless that tree has one already.
   *
   * @return false when it has been used or deleted meanwhile, or a file is there
   */
  public boolean move(Kept from, MediaKey to) throws IOException {
    return move(FileNames.path(root, from.key()), from, to);
  }

  /**
   * Moves a file that came in pieces to a tree, as the database has it as a kept file.
   *
   * @return false when it has been used meanwhile, or a file is there
   */
  public boolean move(String unfinished, MediaKey to) throws IOException {
    MediaKey none = new MediaKey(to.treeId(), unfinished);
    return move(incoming.resolve(unfinished), new Kept(none, true, List.of()), to);
  }

  /** The renditions go first, as only originals are looked for. */
  private boolean move(Path file, Kept from, MediaKey to) throws IOException {
    if (names.has(from.key().name()) || has(to) || !Files.exists(file)) {
      return false;
    }
    Path tree = FileNames.tree(root, to.treeId());
    for (long version : from.versions()) {
      Path renditions = FileNames.renditions(root, from.key(), version);
      Path next = FileNames.renditions(root, to, version);
      if (Files.isDirectory(renditions) && !Files.exists(next)) {
        Files.move(renditions, next, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.move(file, FileNames.path(root, to), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(tree);
    Folders.sync(file.getParent());
    return true;
  }

  /** Makes durable what was set aside of a tree. */
  public void sync(int tree) throws IOException {
    aside.sync(FileNames.tree(root, tree));
  }

  /** The keys of all originals that are set aside. */
  public List<MediaKey> keptAside() throws IOException {
    return aside.originals().stream()
        .filter(path -> !path.getParent().equals(incoming))
        .filter(path -> path.getParent().getFileName().toString().matches("[0-9]{1,4}"))
        .map(
            path ->
                new MediaKey(
                    Integer.parseInt(path.getParent().getFileName().toString()),
                    path.getFileName().toString()))
        .toList();
  }

  /**
   * Brings a file that was set aside back, with its renditions, which go first: only originals are
   * looked for, should this be cut short.
   *
   * @param was the key that it had
   * @param key the key that it gets
   * @param versions of the renditions that it has
   * @return false when there is a file of that key already
   */
  public boolean bringBack(MediaKey was, MediaKey key, long... versions) throws IOException {
    if (has(key)) {
      return false;
    }
    for (long version : versions) {
      aside.bringBack(
          FileNames.renditions(root, was, version), FileNames.renditions(root, key, version));
    }
    return aside.bringBack(FileNames.path(root, was), FileNames.path(root, key));
  }

  /** Whether there is an original of that key. */
  public boolean has(MediaKey key) {
    return Files.exists(FileNames.path(root, key));
  }

  /** How many originals and unfinished files are set aside. */
  public int countAside() throws IOException {
    return aside.count();
  }

  /**
   * Counts time for what is set aside, and deletes what has been there for the grace time.
   *
   * @param ran how long the service has run since the last call
   * @param known tells which of some names a row has: those files are not deleted
   * @return how many files were deleted
   */
  public int pass(Duration ran, Duration grace, Function<Collection<String>, Set<String>> known)
      throws IOException {
    return aside.pass(ran, grace, known);
  }
}
