package slipway.media;

/**
 * Where a file lies in the media store.
 *
 * @param treeId storage tree, 1 to {@link FileMediaStore#TREES}
 * @param name 32 hex digits, unique
 */
public record MediaKey(int treeId, String name) {}
