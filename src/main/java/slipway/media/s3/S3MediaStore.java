package slipway.media.s3;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import slipway.media.Incoming;
import slipway.media.IncomingFile;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.media.Spool;

/**
 * Files as objects of a bucket. A kept file is a copy of that in the spool, which stays there until
 * its key is committed; what is set aside by its name goes to the spool's folder for that.
 */
public final class S3MediaStore implements MediaStore {
  private final ObjectStore store;
  private final Spool spool;
  private final RenditionObjects renditions;
  private final Consumer<String> left;

  /**
   * Keeps the files of a spool in that store.
   *
   * @param spool also for the copies that are lent to decoders
   * @param left is told the names of objects that could not be deleted
   */
  public S3MediaStore(ObjectStore store, Spool spool, Consumer<String> left) {
    this.store = store;
    this.left = left;
    this.spool = spool;
    this.renditions = new RenditionObjects(store, spool);
  }

  @Override
  public MediaKey keep(IncomingFile file) throws IOException {
    MediaKey key = MediaKey.of(file.name());
    new NewObject(store, ObjectNames.original(key)).make(file.size(), new FileContent(file));
    return key;
  }

  @Override
  public void takeBack(MediaKey key, IncomingFile file) throws IOException {
    delete(key);
  }

  @Override
  public boolean takeBackIfKept(PartialFile file) throws IOException {
    MediaKey key = MediaKey.of(file.name());
    Optional<Media> kept = open(key);
    if (kept.isEmpty()) {
      return false;
    }
    try (Media media = kept.get()) {
      if (file.size() == 0) {
        fetch(media, file);
      }
    }
    delete(key);
    return true;
  }

  /** Whole or not at all: what is in the spool is taken for all there is. */
  private void fetch(Media media, PartialFile file) throws IOException {
    PartialFile copy = spool.receiveInPieces();
    copy.create();
    try (var bytes = copy.writeFrom(0)) {
      media.copy(0, media.size(), Channels.newOutputStream(bytes));
    }
    copy.sync();
    spool.rename(copy, file);
  }

  @Override
  public boolean isKept(PartialFile file) throws IOException {
    return file.size() == 0
        && store.head(ObjectNames.original(MediaKey.of(file.name()))).isPresent();
  }

  @Override
  public boolean setAsideIfKept(PartialFile file) throws IOException {
    boolean kept = isKept(file) && takeBackIfKept(file);
    if (kept) {
      spool.setAside(file);
    }
    return kept;
  }

  @Override
  public Optional<String> origin() {
    return Optional.of(store.origin());
  }

  @Override
  public Optional<Media> open(MediaKey key) throws IOException {
    String name = ObjectNames.original(key);
    return store
        .head(name)
        .map(head -> new ObjectMedia(store, name, 0, head.size(), head.modified()));
  }

  @Override
  public Optional<LocalFile> local(MediaKey key) throws IOException {
    Optional<Media> kept = open(key);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Incoming copy = spool.receive();
    boolean isLent = false;
    try (Media media = kept.get()) {
      media.copy(0, media.size(), Channels.newOutputStream(copy));
      isLent = true;
      return Optional.of(new LocalFile(copy.lend().path(), copy));
    } finally {
      if (!isLent) {
        copy.close();
      }
    }
  }

  @Override
  public void keepRenditions(MediaKey key, long version, Map<String, LocalFile> made)
      throws IOException {
    renditions.keep(ObjectNames.renditions(key, version), made);
  }

  @Override
  public Optional<Media> openRendition(MediaKey key, long version, String name) throws IOException {
    return renditions.open(ObjectNames.renditions(key, version), name);
  }

  @Override
  public void deleteRenditions(MediaKey key, long version) throws IOException {
    String name = ObjectNames.renditions(key, version);
    renditions.forget(name);
    delete(name);
  }

  @Override
  public void delete(MediaKey key) throws IOException {
    delete(ObjectNames.original(key));
  }

  @Override
  public List<String> namesOf(MediaKey key, long... versions) {
    List<String> names = new ArrayList<>(List.of(ObjectNames.original(key)));
    for (long version : versions) {
      if (version >= 0) {
        names.add(ObjectNames.renditions(key, version));
      }
    }
    return names;
  }

  private void delete(String name) throws IOException {
    try {
      store.delete(name);
    } catch (IOException e) {
      left.accept(name);
      throw e;
    }
  }
}
