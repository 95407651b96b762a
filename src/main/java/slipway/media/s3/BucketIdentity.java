package slipway.media.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import slipway.media.MediaIdentity;
import slipway.media.MediaKey;

/** What a bucket says of itself before it is used. */
public final class BucketIdentity implements MediaIdentity {
  private static final int MOST_BYTES = 1000;

  private static final int FEW = 10;

  private final ObjectStore store;

  /** That of a bucket. */
  public BucketIdentity(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String kind() {
    return "bucket";
  }

  @Override
  public String place() {
    return store.address().toString();
  }

  @Override
  public String together() {
    return "object " + place() + TOGETHER;
  }

  @Override
  public String suspicion() {
    return "slipway.media may name another bucket";
  }

  @Override
  public Optional<String> read() throws IOException {
    return store
        .read(NAME, MOST_BYTES)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .filter(text -> !text.isEmpty());
  }

  @Override
  public boolean isSaidToBelong() throws IOException {
    return store.head(TOGETHER).isPresent();
  }

  @Override
  public void write(String identity) throws IOException {
    store.replace(NAME, (identity + "\n").getBytes(StandardCharsets.UTF_8));
    store.delete(TOGETHER);
  }

  @Override
  public boolean has(MediaKey key) throws IOException {
    return store.head(ObjectNames.original(key)).isPresent();
  }

  @Override
  public boolean hasKept() throws IOException {
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      if (hasKept(tree)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasKept(int tree) throws IOException {
    return store.list(ObjectNames.tree(tree), "", FEW).stream()
        .anyMatch(name -> ObjectNames.parse(name).isPresent());
  }

  @Override
  public boolean isUsed() throws IOException {
    return hasKept();
  }
}
