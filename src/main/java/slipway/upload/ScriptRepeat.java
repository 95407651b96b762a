package slipway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.MediaAwayException;
import slipway.photo.Photo;
import slipway.token.KeptToken;
import slipway.token.TokenRegistry;

/**
 * The file of a script that tries again by itself, without a key: a page of another origin cannot
 * see the redirect that reports the success, and mistakes it for a lost network. While the file
 * comes in it is compared with those that its token has stored lately under its name; at the end,
 * with those stored meanwhile. For one thread at a time.
 */
final class ScriptRepeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptRepeat.class);

  private final Stored stored;
  private final TokenRegistry tokens;
  private final String token;
  private final Set<String> compared = new HashSet<>();
  private Originals originals;

  /** How many uses of the token were spent when its photos were last checked. */
  private int looked;

  /** Of files that came with that token. */
  ScriptRepeat(Stored stored, TokenRegistry tokens, String token) {
    this.stored = stored;
    this.tokens = tokens;
    this.token = token;
  }

  /** Compares a file as it arrives. */
  WritableByteChannel comparing(String filename, WritableByteChannel file) {
    List<Photo> photos = photos();
    photos.forEach(photo -> compared.add(photo.mediaKey()));
    originals = open(photos, filename);
    return originals == null ? file : new ComparedFile(file);
  }

  private List<Photo> photos() {
    Optional<KeptToken> kept = tokens.recall(token).filter(found -> found.spent() > 0);
    looked = Math.max(looked, kept.map(KeptToken::spent).orElse(0));
    return kept.isPresent() ? stored.by(kept.get()) : List.of();
  }

  /**
   * Whether a use of the token was spent since {@link #photo} checked, even by another node: then
   * it must check again. The database serializes two such transactions, as both spend a use.
   */
  boolean isOutdated(Handle tx) {
    int spent = tokens.spent(tx, token);
    boolean isOutdated = spent > looked;
    looked = spent;
    return isOutdated;
  }

  /** Null where there is nothing to compare with, or it cannot be read: the file is a new one. */
  private Originals open(List<Photo> photos, String filename) {
    if (photos.isEmpty()) {
      return null;
    }
    try {
      return stored.open(photos, filename);
    } catch (IOException e) {
      LOG.warn("Files that are kept could not be compared with one that comes in", e);
      return null;
    }
  }

  /**
   * The photo that an earlier try made of a file which is received whole, as of now: {@link
   * #isOutdated} tells whether others have come since.
   */
  Optional<Photo> photo(Received file) throws IOException {
    List<Photo> now = photos();
    Optional<Photo> before = originals == null ? Optional.empty() : originals.whole();
    Optional<Photo> there = before.flatMap(same -> withFileOf(same, now));
    if (there.isPresent()) {
      return there;
    }
    List<Photo> since =
        now.stream()
            .filter(photo -> !compared.contains(photo.mediaKey()) && photo.size() == file.size())
            .toList();
    try (Originals others = open(since, file.filename())) {
      return others == null ? Optional.empty() : whole(others, file);
    }
  }

  /** It may have been deleted while the file came in, or been given another one. */
  private static Optional<Photo> withFileOf(Photo same, List<Photo> now) {
    return now.stream().filter(photo -> photo.mediaKey().equals(same.mediaKey())).findFirst();
  }

  private static Optional<Photo> whole(Originals others, Received file) throws IOException {
    try {
      file.copyTo(others);
      return others.whole();
    } catch (DifferentFileException e) {
      return Optional.empty();
    } catch (MediaAwayException e) {
      LOG.warn("A file that is kept cannot be compared with one that came in", e);
      return Optional.empty();
    }
  }

  /** Receives a file, and compares it for as long as it may be the same. */
  private final class ComparedFile implements WritableByteChannel {
    private final WritableByteChannel file;

    ComparedFile(WritableByteChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (originals != null) {
        compare(bytes.duplicate());
      }
      return file.write(bytes);
    }

    private void compare(ByteBuffer bytes) throws IOException {
      try {
        originals.write(bytes);
      } catch (DifferentFileException e) {
        ScriptRepeat.this.close();
      } catch (MediaAwayException e) {
        LOG.warn("Files that are kept cannot be compared with one that comes in", e);
        ScriptRepeat.this.close();
      }
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public void close() throws IOException {
    if (originals != null) {
      originals.close();
      originals = null;
    }
  }
}
