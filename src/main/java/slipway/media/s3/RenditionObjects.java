package slipway.media.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import slipway.media.Incoming;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.Spool;

/**
 * The renditions of a version as one object: nine requests to make nine would cost as many times as
 * much, and so they are there all at once. Where each of them is stands at its beginning, and is
 * remembered. For many threads.
 */
final class RenditionObjects {
  private static final int MOST_REMEMBERED = 10_000;

  private final ObjectStore store;
  private final Spool spool;
  private final Map<String, RenditionIndex> remembered = new Remembered();

  RenditionObjects(ObjectStore store, Spool spool) {
    this.store = store;
    this.spool = spool;
  }

  /** Those that were used last. */
  private static final class Remembered extends LinkedHashMap<String, RenditionIndex> {
    private static final long serialVersionUID = 1L;

    Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, RenditionIndex> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  /** Keeps some. */
  void keep(String object, Map<String, LocalFile> renditions) throws IOException {
    SortedMap<String, LocalFile> sorted = new TreeMap<>(renditions);
    SortedMap<String, Long> lengths = new TreeMap<>();
    for (Map.Entry<String, LocalFile> one : sorted.entrySet()) {
      lengths.put(one.getKey(), Files.size(one.getValue().path()));
    }
    try (Incoming all = spool.receive()) {
      OutputStream out = Channels.newOutputStream(all);
      out.write(RenditionIndex.write(lengths));
      for (LocalFile one : sorted.values()) {
        try (InputStream bytes = Files.newInputStream(one.path())) {
          bytes.transferTo(out);
        }
      }
      new NewObject(store, object).make(all.size(), all::read);
    }
  }

  /** Opens one; empty when there is none. */
  Optional<Media> open(String object, String name) throws IOException {
    Optional<RenditionIndex> index = index(object);
    RenditionIndex.Span span = index.map(known -> known.spans().get(name)).orElse(null);
    if (span == null) {
      return Optional.empty();
    }
    ObjectMedia media =
        new ObjectMedia(store, object, span.first(), span.length(), index.get().modified());
    if (media.begin()) {
      return Optional.of(media);
    }
    forget(object);
    return Optional.empty();
  }

  private Optional<RenditionIndex> index(String object) throws IOException {
    RenditionIndex known;
    synchronized (remembered) {
      known = remembered.get(object);
    }
    if (known != null) {
      return Optional.of(known);
    }
    Optional<RenditionIndex> read = read(object);
    read.ifPresent(index -> remember(object, index));
    return read;
  }

  private Optional<RenditionIndex> read(String object) throws IOException {
    ObjectBytes bytes = store.get(object, 0, RenditionIndex.BYTES).orElse(null);
    if (bytes == null) {
      return Optional.empty();
    }
    try (bytes) {
      byte[] start = bytes.readNBytes(RenditionIndex.BYTES);
      bytes.finish();
      return Optional.of(RenditionIndex.read(start, bytes.head().lastModified()));
    }
  }

  private void remember(String object, RenditionIndex index) {
    synchronized (remembered) {
      remembered.put(object, index);
    }
  }

  /** Forgets where some are that are to be deleted. */
  void forget(String object) {
    synchronized (remembered) {
      remembered.remove(object);
    }
  }
}
