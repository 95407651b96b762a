package slipway.harness;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes from a disk all that was not flushed, as a loss of power does on a file system that keeps
 * no order of its own: bytes, lengths and names. For a {@link Server} that is started with it
 * ({@link Server.Builder#power}) and has been killed. What was deleted, or replaced by another
 * file, stays so, which a file system may do, too. Linux only.
 */
public final class PowerLoss {
  private final Path folder;
  private final Path log;

  /** Bytes of a file, by its inode, that no flush has seen. */
  private final Map<Long, List<long[]>> written = new HashMap<>();

  /** Names that no flush has seen, in order. */
  private final List<Name> names = new ArrayList<>();

  private PowerLoss(Path folder) {
    this.folder = folder;
    this.log = Build.newFolder("faults", "power").resolve("log");
  }

  /** That of the disk with that folder, whose whole path it is. */
  public static PowerLoss of(Path folder) {
    CLibrary.of("power");
    return new PowerLoss(folder);
  }

  /** A name that was given: to a new file, or to one that had another. */
  private record Name(Path path, Path before) {}

  /** The environment of a process whose disk may lose its power. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        CLibrary.of("power").toString(),
        "POWER_FOLDER",
        folder.toString(),
        "POWER_LOG",
        log.toString());
  }

  /**
   * Strikes a server that has been killed. What was there before it was started is safe.
   *
   * @return what was lost, for people
   */
  public List<String> strike() throws IOException {
    List<String> lost = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      read(line);
    }
    Files.delete(log);
    loseBytes(lost);
    loseNames(lost);
    written.clear();
    names.clear();
    return lost;
  }

  private void read(String line) {
    String rest = line.substring(2);
    String[] words = rest.split(" ", -1);
    switch (line.charAt(0)) {
      case 'W' -> dirty(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
      case 'T' -> dirty(words[0], Long.parseLong(words[1]), Long.parseLong(words[1]));
      case 'S' -> written.remove(Long.parseLong(words[0]));
      case 'N' -> names.add(new Name(Path.of(rest), null));
      case 'U' -> names.removeIf(name -> name.path().equals(Path.of(rest)));
      case 'R' -> renamed(rest.charAt(0) == '1', rest.substring(2).split("\t"));
      case 'D' -> names.removeIf(name -> name.path().getParent().equals(Path.of(rest)));
      default -> throw new IllegalStateException(line);
    }
  }

  private void dirty(String file, long first, long end) {
    written
        .computeIfAbsent(Long.parseLong(file), inode -> new ArrayList<>())
        .add(new long[] {first, end});
  }

  private void renamed(boolean replaces, String[] paths) {
    Path from = Path.of(paths[0]);
    Path to = Path.of(paths[1]);
    boolean wasNew = names.removeIf(name -> name.path().equals(from) && name.before() == null);
    if (!replaces) {
      names.add(new Name(to, wasNew ? null : from));
    }
  }

  private void loseBytes(List<String> lost) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      List<long[]> stretches = written.get((Long) Files.getAttribute(file, "unix:ino"));
      // What is mapped is not seen, and is made again at each start.
      if (stretches != null && !file.toString().endsWith("-shm")) {
        zero(file, stretches);
        lost.add(stretches.size() + " writes to " + folder.relativize(file));
      }
    }
  }

  private static void zero(Path file, List<long[]> stretches) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      long size = channel.size();
      for (long[] stretch : stretches) {
        int length = (int) (Math.min(stretch[1], size) - stretch[0]);
        if (length > 0) {
          channel.write(ByteBuffer.allocate(length), stretch[0]);
        }
      }
    }
  }

  private void loseNames(List<String> lost) throws IOException {
    Collections.reverse(names);
    for (Name name : names) {
      if (!Files.exists(name.path())) {
        continue;
      }
      lost.add("the name " + folder.relativize(name.path()));
      if (name.before() != null) {
        Files.move(name.path(), name.before());
      } else {
        delete(name.path());
      }
    }
  }

  /** A folder takes what is in it with it. */
  private static void delete(Path path) throws IOException {
    try {
      Files.delete(path);
    } catch (DirectoryNotEmptyException e) {
      Build.delete(path);
    }
  }
}
