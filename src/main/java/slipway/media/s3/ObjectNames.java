package slipway.media.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.media.MediaKey;

/**
 * The names of objects below the bucket's prefix: as those of files in a media folder, {@code
 * <tree>/<name>}, and {@code .renditions} and a version after that for all renditions of that
 * version as one. A piece of a file that has not come whole has a name of its own, and {@code
 * .piece} after that. What has another name is not Slipway's, and is left alone.
 */
final class ObjectNames {
  private static final String PIECE = ".piece";
  private static final Pattern NAME =
      Pattern.compile("([1-9]\\d?)/([0-9a-f]{32})(?:\\.renditions-(\\d{1,18})|(\\.piece))?");

  private ObjectNames() {}

  /** An original. */
  static String original(MediaKey key) {
    return tree(key.treeId()) + key.name();
  }

  /** The renditions of an original of one version. */
  static String renditions(MediaKey key, long version) {
    return original(key) + ".renditions-" + version;
  }

  /** A piece of a file. */
  static String piece(String name) {
    return original(MediaKey.of(name)) + PIECE;
  }

  /** What the names in a tree begin with. */
  static String tree(int treeId) {
    return treeId + "/";
  }

  /** What a name stands for; empty where that is nothing of Slipway's. */
  static Optional<Named> parse(String object) {
    Matcher parts = NAME.matcher(object);
    if (!parts.matches()) {
      return Optional.empty();
    }
    MediaKey key = new MediaKey(Integer.parseInt(parts.group(1)), parts.group(2));
    Long version = parts.group(3) == null ? null : Long.valueOf(parts.group(3));
    return Optional.of(new Named(key, version, parts.group(4) != null));
  }

  /**
   * What a name stands for.
   *
   * @param key of the original
   * @param version of the renditions; null for the original itself, or a piece
   * @param isPiece whether it is a piece of a file, and the key is its own
   */
  record Named(MediaKey key, Long version, boolean isPiece) {}
}
