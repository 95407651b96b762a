package slipway.media;

/**
 * Where a file is kept.
 *
 * @param treeId storage tree, 1 to {@link #TREES}
 * @param name 32 hex digits, unique
 */
public record MediaKey(int treeId, String name) {
  /** How many storage trees there are, so that no folder grows without bound. */
  public static final int TREES = 64;

  /** The key of a new file of that name. */
  public static MediaKey of(String name) {
    return new MediaKey(tree(name.hashCode()), name);
  }

  /** The tree of a number, such as a name's hash code. */
  static int tree(int number) {
    return 1 + Math.floorMod(number, TREES);
  }
}
