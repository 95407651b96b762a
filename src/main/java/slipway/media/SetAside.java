package slipway.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that no row knows, in {@code set-aside/<time>/}, each at the path below it that it had
 * in the media folder. The file {@code age} beside them counts for how many seconds the service has
 * run since, by a clock that cannot jump: so the grace time never ends early.
 */
final class SetAside {
  static final String FOLDER = "set-aside";
  private static final String AGE = "age";

  private final Path root;
  private final Path all;
  private final Path now;

  /** Those of a media folder; what is set aside by this object is of one time. */
  SetAside(Path root) {
    this.root = root;
    this.all = root.resolve(FOLDER);
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    this.now = all.resolve(time.toString().replace(':', '-'));
  }

  /**
   * Moves a file or folder there.
   *
   * @return false when it is not there any more
   */
  boolean add(Path path) throws IOException {
    Path to = now.resolve(root.relativize(path));
    if (!Files.exists(to.getParent())) {
      Files.createDirectories(to.getParent());
      Folders.sync(root);
      Folders.sync(all);
      Folders.sync(now);
    }
    try {
      Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Makes durable what was moved from a folder. */
  void sync(Path from) throws IOException {
    Path to = now.resolve(root.relativize(from));
    if (Files.isDirectory(to)) {
      Folders.sync(to);
      Folders.sync(from);
    }
  }

  /**
   * Moves a file or folder back to its path, if it was set aside and nothing is there.
   *
   * @return whether it was
   */
  boolean bringBack(Path path) throws IOException {
    Optional<Path> from = Files.exists(path) ? Optional.empty() : find(path);
    if (from.isPresent()) {
      Files.createDirectories(path.getParent());
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
      for (Path tree : Folders.files(time)) {
        if (Files.isDirectory(tree)) {
          Folders.files(tree).stream()
              .filter(file -> FileNames.isName(file.getFileName().toString()))
              .forEach(file -> paths.add(root.resolve(time.relativize(file))));
        }
      }
    }
    return paths;
  }

  /** How many there are, without the renditions. */
  int count() throws IOException {
    return originals().size();
  }

  /**
   * Lets time pass for all of them, and deletes those whose time is over.
   *
   * @param ran for how long the service ran since this was called last
   * @return how many were deleted, without the renditions
   */
  int pass(Duration ran, Duration grace) throws IOException {
    int before = count();
    for (Path time : times()) {
      Duration age = age(time).plus(ran);
      if (age.compareTo(grace) >= 0) {
        delete(time);
      } else {
        writeAge(time, age);
      }
    }
    return before - count();
  }

  /** What cannot be read counts as none, so that nothing goes early. */
  private static Duration age(Path time) throws IOException {
    try {
      return Duration.ofSeconds(Long.parseLong(Files.readString(time.resolve(AGE)).strip()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private static void writeAge(Path time, Duration age) throws IOException {
    Path next = Files.writeString(time.resolve(AGE + ".next"), age.toSeconds() + "\n");
    Files.move(next, time.resolve(AGE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path folder) throws IOException {
    for (Path path : Folders.files(folder)) {
      if (Files.isDirectory(path)) {
        delete(path);
      } else {
        Files.deleteIfExists(path);
      }
    }
    Files.deleteIfExists(folder);
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
