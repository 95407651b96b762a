package slipway.media.s3;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object that is made once, whole or not at all: in one request where it is short, else in parts
 * of one length, as some stores ask for, except for the last. A mark tells it from one that
 * somebody else has made, also where a first answer was lost.
 */
final class NewObject {
  private static final Logger LOG = LoggerFactory.getLogger(NewObject.class);

  private static final long MEBIBYTE = 1L << 20;

  /** What goes in one request, and the shortest part. */
  static final long WINDOW = 8 * MEBIBYTE;

  /** No store copies parts that it would not take but for the last one. */
  private static final long LEAST_COPIED = 5 * MEBIBYTE;

  /** Stores take 10,000. */
  private static final long MOST_PARTS = 9_000;

  private final ObjectStore store;
  private final String name;
  private final String attempt = UUID.randomUUID().toString();

  NewObject(ObjectStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** How long the parts of an object are. */
  static long partBytes(long size) {
    long even = (size + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(WINDOW, (even + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE);
  }

  /**
   * Makes it.
   *
   * @throws FileAlreadyExistsException when there is one of that name
   * @throws IOException when it may not be there
   */
  void make(long size, ObjectContent content) throws IOException {
    if (size > WINDOW) {
      makeOfParts(size, content);
    } else if (!store.put(name, size, content, attempt)) {
      requireMine(size);
    }
  }

  private void makeOfParts(long size, ObjectContent content) throws IOException {
    if (store.head(name).isPresent()) {
      throw new FileAlreadyExistsException(name); // Not every store looks at the end.
    }
    String id = store.begin(name, attempt);
    boolean isMade = false;
    try {
      store.complete(name, id, parts(id, size, content));
      requireMine(size);
      isMade = true;
    } finally {
      if (!isMade) {
        abort(id);
      }
    }
  }

  private List<String> parts(String id, long size, ObjectContent content) throws IOException {
    List<String> marks = new ArrayList<>();
    long length = partBytes(size);
    for (long first = 0; first < size; first += length) {
      long count = Math.min(length, size - first);
      marks.add(part(id, marks.size() + 1, content, first, count));
    }
    return marks;
  }

  /** What the store has already it copies itself. */
  private String part(String id, int number, ObjectContent content, long first, long count)
      throws IOException {
    Optional<String> source =
        count < LEAST_COPIED ? Optional.empty() : content.object(first, count);
    Optional<String> copied =
        source.isEmpty() ? source : store.copyPart(name, id, number, source.get());
    return copied.isPresent() ? copied.get() : store.part(name, id, number, content, first, count);
  }

  private void requireMine(long size) throws IOException {
    Optional<ObjectHead> head = store.head(name);
    if (head.isEmpty()) {
      throw new IOException("The object store does not have what it was sent: " + name);
    }
    if (!attempt.equals(head.get().attempt())) {
      throw new FileAlreadyExistsException(name);
    }
    if (head.get().size() != size) {
      throw new IOException(
          "The object store has %d bytes of %s, of %d".formatted(head.get().size(), name, size));
    }
  }

  private void abort(String id) {
    try {
      store.abort(name, id);
    } catch (IOException e) {
      LOG.debug("The parts of {} are left to the sweep", name, e);
    }
  }
}
