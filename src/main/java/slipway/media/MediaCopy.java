package slipway.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies kept files from one store to another, and reads what it has copied back. */
public final class MediaCopy {
  private final MediaStore from;
  private final MediaStore to;
  private final Spool spool;

  /**
   * A copy between two stores.
   *
   * @param spool where copies are made; nothing else may use the names of the files there
   */
  public MediaCopy(MediaStore from, MediaStore to, Spool spool) {
    this.from = from;
    this.to = to;
    this.spool = spool;
  }

  /** The outcome of a file. */
  public enum Result {
    /** It was copied. */
    COPIED,
    /** It existed already. */
    THERE,
    /** There is nothing to copy. */
    MISSING
  }

  /**
   * Copies an original.
   *
   * @throws IOException when it may not be there, or is there with another length
   */
  public Result original(MediaKey key) throws IOException {
    Optional<Media> kept = from.open(key);
    if (kept.isEmpty()) {
      return Result.MISSING;
    }
    try (Media media = kept.get()) {
      if (isThere(key, media.size())) {
        return Result.THERE;
      }
      copy(key, media);
      return Result.COPIED;
    }
  }

  private boolean isThere(MediaKey key, long size) throws IOException {
    try (Media there = to.open(key).orElse(null)) {
      if (there != null && there.size() != size) {
        throw new IOException("Another file is there as " + key.treeId() + "/" + key.name());
      }
      return there != null;
    }
  }

  private void copy(MediaKey key, Media media) throws IOException {
    PartialFile file = spool.partial(key.name());
    try {
      file.create();
      byte[] sent;
      try (var bytes = file.writeFrom(0)) {
        sent = digest(media, Channels.newOutputStream(bytes));
      }
      file.truncate(media.size());
      if (!to.keep(file).equals(key)) {
        throw new IOException("The tree of " + key.name() + " is not that of its name");
      }
      try (Media there = to.open(key).orElseThrow()) {
        requireSame(key, sent, digest(there, OutputStream.nullOutputStream()));
      }
    } finally {
      file.delete();
      spool.forget(key.name());
    }
  }

  private static void requireSame(MediaKey key, byte[] sent, byte[] there) throws IOException {
    if (!MessageDigest.isEqual(sent, there)) {
      throw new IOException("The copy of " + key.treeId() + "/" + key.name() + " has other bytes");
    }
  }

  private static byte[] digest(Media media, OutputStream out) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      media.copy(0, media.size(), new DigestOutputStream(out, digest));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Copies the renditions of a version that have one of some names.
   *
   * @return {@link Result#MISSING} where there is none
   */
  public Result renditions(MediaKey key, long version, List<String> names) throws IOException {
    Map<String, LocalFile> made = new HashMap<>();
    try {
      for (String name : names) {
        try (Media there = to.openRendition(key, version, name).orElse(null)) {
          if (there != null) {
            return Result.THERE;
          }
        }
        Optional<Media> rendition = from.openRendition(key, version, name);
        if (rendition.isPresent()) {
          made.put(name, local(rendition.get()));
        }
      }
      if (made.isEmpty()) {
        return Result.MISSING;
      }
      to.keepRenditions(key, version, made);
      return Result.COPIED;
    } finally {
      for (LocalFile file : made.values()) {
        file.close();
      }
    }
  }

  private LocalFile local(Media rendition) throws IOException {
    Incoming copy = spool.receive();
    try (rendition;
        InputStream bytes = rendition.stream(0, rendition.size())) {
      bytes.transferTo(Channels.newOutputStream(copy));
      return new LocalFile(copy.lend().path(), copy);
    }
  }
}
