package slipway.media;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.disk.Durable;

/**
 * The files that no row names, in {@code set-aside/<time>/}, each at the path that it had in the
 * media folder. The file {@code age} beside them counts how many seconds the service has run since,
 * by a clock that cannot jump, so that the grace time never ends early.
 */
final class SetAside {
  static final String FOLDER = "set-aside";
  private static final String AGE = "age";

  private final MediaAccess access;
  private final Path root;
  private final Path all;

  /** The folder for what this object sets aside; null until it does. */
  private Path now;

  /** Those of a media folder. */
  SetAside(Path root) {
    this(root, MediaAccess.OWNER);
  }

  /** The files of a media folder, which others may read. */
  SetAside(Path root, MediaAccess access) {
    this.access = access;
    this.root = root;
    this.all = root.resolve(FOLDER);
  }

  /** A new folder, as the grace time of one that has an age has begun. */
  private Path now() {
    if (now == null || Files.exists(now.resolve(AGE))) {
      Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      String name = time.toString().replace(':', '-');
      Path free = all.resolve(name);
      for (int i = 2; Files.exists(free); i++) {
        free = all.resolve(name + "-" + i);
      }
      now = free;
    }
    return now;
  }

  /**
   * Moves a file or folder there.
   *
   * @return false when it is not there any more
   */
  boolean add(Path path) throws IOException {
    return add(path, path);
  }

  /**
   * The same for a file or folder that counts as one at another path in the media folder.
   *
   * @return false when it is not there any more
   */
  boolean add(Path path, Path as) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    Path to = now().resolve(root.relativize(as));
    access.createFolders(to.getParent());
    try {
      Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Makes moves from a folder durable: first the target, then the source. */
  void sync(Path from) throws IOException {
    Path to = now == null ? null : now.resolve(root.relativize(from));
    if (to != null && Files.isDirectory(to)) {
      for (Path folder : List.of(to, now, all, root, from)) {
        Folders.sync(folder);
      }
    }
  }

  /**
   * Moves a file or folder back to its path, if it was set aside and nothing is there.
   *
   * @return whether it was
   */
  boolean bringBack(Path path) throws IOException {
    return bringBack(path, path);
  }

  /**
   * Moves a file or folder that was set aside to another path, if nothing is there.
   *
   * @param was the path that it had
   * @return whether it was
   */
  boolean bringBack(Path was, Path path) throws IOException {
    Optional<Path> from = Files.exists(path) ? Optional.empty() : find(was);
    if (from.isPresent()) {
      Durable.createFolders(path.getParent());
      Files.move(from.get(), path, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(path.getParent());
      Folders.sync(from.get().getParent());
    }
    return from.isPresent();
  }

  /** Where the file or folder of that path in the media folder is now. */
  Optional<Path> find(Path path) throws IOException {
    Path below = root.relativize(path);
    return times().stream().map(time -> time.resolve(below)).filter(Files::exists).findFirst();
  }

  /** Their paths as they were in the media folder, without the renditions. */
  List<Path> originals() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path time : times()) {
      originals(time).forEach(file -> paths.add(root.resolve(time.relativize(file))));
    }
    return paths;
  }

  private static List<Path> originals(Path time) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path tree : Folders.files(time)) {
      if (Files.isDirectory(tree)) {
        Folders.files(tree).stream()
            .filter(file -> FileNames.isName(file.getFileName().toString()))
            .forEach(paths::add);
      }
    }
    return paths;
  }

  /** Where whole originals are now, not pieces of unfinished uploads; the newest first. */
  List<Path> whole() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path time : times()) {
      originals(time).stream()
          .filter(file -> !file.getParent().endsWith(Spool.FOLDER))
          .forEach(paths::add);
    }
    paths.sort(Comparator.reverseOrder());
    return paths;
  }

  /** The folder that all of them are in. */
  Path folder() {
    return all;
  }

  /** For how long the service has run since a file was set aside, by where it is now. */
  static Duration ageOf(Path file) throws IOException {
    return age(file.getParent().getParent());
  }

  /** Deletes an original, by where it is now, with its renditions. */
  static void deleteWhole(Path file) throws IOException {
    for (Path path : Folders.files(file.getParent())) {
      if (FileNames.original(path).filter(name(file)::equals).isPresent()) {
        deletePath(path);
      }
    }
    Folders.sync(file.getParent());
  }

  /** How many there are, without the renditions. */
  int count() throws IOException {
    return originals().size();
  }

  /**
   * Counts time for all of them, and deletes those whose time is over.
   *
   * @param ran how long the service has run since the last call
   * @param known tells which names a row has: those are not deleted
   * @return how many were deleted, without the renditions
   */
  int pass(Duration ran, Duration grace, Function<Collection<String>, Set<String>> known)
      throws IOException {
    int before = count();
    for (Path time : times()) {
      Duration age = age(time).plus(ran);
      if (age.compareTo(grace) >= 0) {
        Set<String> names =
            originals(time).stream().map(SetAside::name).collect(Collectors.toSet());
        Set<String> kept = known.apply(names);
        if (kept.isEmpty()) {
          delete(time);
        } else {
          deleteOthers(time, kept);
        }
      } else {
        writeAge(time, age);
      }
    }
    return before - count();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static void deleteOthers(Path time, Set<String> kept) throws IOException {
    for (Path tree : Folders.files(time)) {
      if (Files.isDirectory(tree)) {
        for (Path path : Folders.files(tree)) {
          if (FileNames.original(path).filter(kept::contains).isEmpty()) {
            deletePath(path);
          }
        }
      }
    }
  }

  /** An unreadable age counts as zero, so that nothing is deleted early. */
  private static Duration age(Path time) throws IOException {
    try {
      return Duration.ofSeconds(Long.parseLong(Files.readString(time.resolve(AGE)).strip()));
    } catch (NoSuchFileException | CharacterCodingException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private static void writeAge(Path time, Duration age) throws IOException {
    Path next = Files.writeString(time.resolve(AGE + ".next"), age.toSeconds() + "\n");
    Files.move(next, time.resolve(AGE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    for (Path path : Folders.files(folder)) {
      deletePath(path);
    }
    Files.deleteIfExists(folder);
  }

  private static void deletePath(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      delete(path);
    } else {
      Files.deleteIfExists(path);
    }
  }

  private List<Path> times() throws IOException {
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }
}
