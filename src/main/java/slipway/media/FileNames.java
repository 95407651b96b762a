package slipway.media;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that files have in the media folder. Anything with another name, such as {@code
 * lost+found}, is not Slipway's, and is left alone.
 */
final class FileNames {
  /**
   * Follows an original's name in that of a folder with its renditions, and a hyphen and their
   * version follow that; nothing does in version 0.
   */
  private static final Pattern RENDITIONS = Pattern.compile("\\.renditions(?:-([1-9]\\d{0,17}))?$");

  /**
   * Follows the name of a file that comes in one request, and of one in pieces that is about to be
   * deleted: nothing of it outlives its process.
   */
  static final String WHOLE = ".whole";

  /** Follows the name of a file in pieces that was kept before; a file of that name is empty. */
  static final String KEPT = ".kept";

  private static final int LENGTH = 32;
  private static final int TREE_DIGITS = 2;
  private static final int FRACTION_DIGITS = 3;
  private static final long FRACTIONS = 1 << 4 * FRACTION_DIGITS;
  private static final long NANOS = 1_000_000_000;

  private FileNames() {}

  /**
   * It begins with the time, to less than a millisecond, so that files of one time are neighbours
   * in the database. Those of one second are in one storage tree, whose names are flushed for many
   * at once: the last two digits see to that.
   */
  static String newName() {
    Instant now = Instant.now();
    int second = (int) now.getEpochSecond();
    String time = HexFormat.of().toHexDigits(second) + fraction(now.getNano());
    String random = UUID.randomUUID().toString().replace("-", "");
    String start = time + random.substring(time.length(), LENGTH - TREE_DIGITS);
    return inTree(MediaKey.tree(second), start);
  }

  /** A number of 4,096ths of a second, as three digits. */
  private static String fraction(int nanos) {
    return HexFormat.of().toHexDigits(nanos * FRACTIONS / NANOS, FRACTION_DIGITS);
  }

  /** The start of a name, with two digits that put it into that tree. */
  static String inTree(int treeId, String start) {
    for (int end = 0; end < 1 << 4 * TREE_DIGITS; end++) {
      char first = Character.forDigit(end >> 4, 16);
      char second = Character.forDigit(end & 0xf, 16);
      // The same as for the whole name.
      int hash = (start.hashCode() * 31 + first) * 31 + second;
      if (MediaKey.tree(hash) == treeId) {
        return start + first + second;
      }
    }
    throw new IllegalStateException("No name is in tree " + treeId);
  }

  /** Whether it can be the name of an original, or of a file that comes in pieces. */
  static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isDigit(name.charAt(i))) {
        return false;
      }
    }
    return name.length() == LENGTH;
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** The original's name, for its own path and for those derived from it. */
  static Optional<String> original(Path path) {
    String name = path.getFileName().toString();
    String start = name.substring(0, Math.min(LENGTH, name.length()));
    String end = name.substring(start.length());
    boolean isOriginal =
        isName(start) && (end.isEmpty() || end.equals(WHOLE) || RENDITIONS.matcher(end).matches());
    return isOriginal ? Optional.of(start) : Optional.empty();
  }

  /** The version of the renditions in a folder; empty for what is not one of those. */
  static OptionalLong version(Path path) {
    Matcher end = RENDITIONS.matcher(path.getFileName().toString());
    if (!end.find()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(end.group(1) == null ? 0 : Long.parseLong(end.group(1)));
  }

  /** A storage tree of a media folder. */
  static Path tree(Path root, int treeId) {
    return root.resolve(Integer.toString(treeId));
  }

  /** An original. */
  static Path path(Path root, MediaKey key) {
    return tree(root, key.treeId()).resolve(key.name());
  }

  /** The folder with an original's renditions of a version. */
  static Path renditions(Path root, MediaKey key, long version) {
    String end = version == 0 ? "" : "-" + version;
    return tree(root, key.treeId()).resolve(key.name() + ".renditions" + end);
  }
}
