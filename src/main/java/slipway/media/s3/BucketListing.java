package slipway.media.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import slipway.media.MediaKey;

/** The objects of a bucket by the times that their names begin with: never all of them. */
public final class BucketListing {
  private final ObjectStore store;

  BucketListing(ObjectStore store) {
    this.store = store;
  }

  /**
   * An object.
   *
   * @param name below the bucket's prefix
   * @param key of the file that it is, or whose renditions it has
   * @param version of the renditions; null for the file itself, or a piece
   * @param isPiece whether it is a piece of a file, and the key is its own
   */
  public record Listed(String name, MediaKey key, Long version, boolean isPiece) {
    /** Whether it is the file itself. */
    public boolean isOriginal() {
      return version == null && !isPiece;
    }

    private static Optional<Listed> of(String name) {
      return ObjectNames.parse(name)
          .map(it -> new Listed(name, it.key(), it.version(), it.isPiece()));
    }
  }

  /**
   * A page of names.
   *
   * @param listed those of Slipway's, in their order
   * @param last the last name, whosever; empty where there is none any more
   */
  public record ListedPage(List<Listed> listed, String last) {
    /** After the last one. */
    public static final ListedPage NONE = new ListedPage(List.of(), "");
  }

  /** Whether there is that file. */
  public boolean has(MediaKey key) throws IOException {
    return store.head(ObjectNames.original(key)).isPresent();
  }

  /**
   * The objects of a tree whose names follow one.
   *
   * @param after a name of {@link ListedPage#last}, or the start of names without their tree
   */
  public ListedPage list(int tree, String after, int most) throws IOException {
    String start = ObjectNames.tree(tree);
    List<String> names = store.list(start, after.startsWith(start) ? after : start + after, most);
    return new ListedPage(
        names.stream().flatMap(name -> Listed.of(name).stream()).toList(),
        names.isEmpty() ? "" : names.get(names.size() - 1));
  }

  /** What a name stands for; empty where it is none of Slipway's. */
  public Optional<Listed> named(String name) {
    return Listed.of(name);
  }

  /** Deletes an object, if it is there. */
  public void delete(Listed object) throws IOException {
    store.delete(object.name());
  }

  /**
   * Drops the parts of objects that were begun before a time and never became whole.
   *
   * @return of how many objects
   */
  public int abortUnfinished(Instant before) throws IOException {
    return store.abortUnfinished(before);
  }
}
