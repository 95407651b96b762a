package slipway.media.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.media.IncomingFile;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;

/** Keeps copies, as a store does that is not on the spool's disk. For one thread at a time. */
public final class MemoryMediaStore implements MediaStore {
  private final Map<MediaKey, Media> originals = new HashMap<>();
  private final Map<Version, Map<String, byte[]>> renditions = new HashMap<>();

  private record Version(MediaKey key, long version) {}

  @Override
  public MediaKey keep(IncomingFile incoming) throws IOException {
    MediaKey key = MediaKey.of(incoming.name());
    if (originals.containsKey(key)) {
      throw new IOException("A file of that name is kept already");
    }
    try (InputStream bytes = incoming.read()) {
      originals.put(key, new MemoryMedia(bytes.readAllBytes(), Instant.now()));
    }
    return key;
  }

  @Override
  public void takeBack(MediaKey key, IncomingFile file) {
    originals.remove(key);
  }

  @Override
  public boolean takeBackIfKept(PartialFile file) throws IOException {
    Media kept = originals.remove(MediaKey.of(file.name()));
    if (kept != null && file.size() == 0) {
      file.create();
      try (WritableByteChannel spooled = file.writeFrom(0)) {
        spooled.write(ByteBuffer.wrap(kept.head((int) kept.size())));
      }
    }
    return kept != null;
  }

  @Override
  public boolean isKept(PartialFile file) throws IOException {
    return originals.containsKey(MediaKey.of(file.name())) && file.size() == 0;
  }

  @Override
  public boolean setAsideIfKept(PartialFile file) throws IOException {
    return isKept(file) && originals.remove(MediaKey.of(file.name())) != null;
  }

  @Override
  public Optional<Media> open(MediaKey key) {
    return Optional.ofNullable(originals.get(key));
  }

  @Override
  public Optional<LocalFile> local(MediaKey key) throws IOException {
    Media kept = originals.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    Path copy = Files.createTempFile("slipway-loan", null);
    Files.write(copy, kept.head((int) kept.size()));
    return Optional.of(new LocalFile(copy, () -> Files.delete(copy)));
  }

  @Override
  public void keepRenditions(MediaKey key, long version, Map<String, LocalFile> made)
      throws IOException {
    Map<String, byte[]> copies = new HashMap<>();
    for (Map.Entry<String, LocalFile> one : made.entrySet()) {
      copies.put(one.getKey(), Files.readAllBytes(one.getValue().path()));
    }
    renditions.put(new Version(key, version), copies);
  }

  @Override
  public Optional<Media> openRendition(MediaKey key, long version, String name) {
    return Optional.ofNullable(
            renditions.getOrDefault(new Version(key, version), Map.of()).get(name))
        .map(bytes -> new MemoryMedia(bytes, Instant.now()));
  }

  @Override
  public void delete(MediaKey key) {
    originals.remove(key);
  }

  @Override
  public void deleteRenditions(MediaKey key, long version) {
    renditions.remove(new Version(key, version));
  }

  @Override
  public List<String> namesOf(MediaKey key, long... versions) {
    return List.of();
  }
}
