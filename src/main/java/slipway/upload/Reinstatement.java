package slipway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.details.Details;
import slipway.license.License;
import slipway.media.AsideFiles;
import slipway.media.Spool;
import slipway.node.Claims;
import slipway.photo.Photo;

/**
 * Makes photos of files that were set aside, as if they were sent again: each is copied, and what
 * was set aside goes once its photo is durable.
 */
public final class Reinstatement {
  private static final Logger LOG = LoggerFactory.getLogger(Reinstatement.class);
  private static final int BUFFER = 1 << 16;
  private static final int HEX = 16;

  private final AsideFiles files;
  private final Spool spool;
  private final Completion completion;
  private final FileRules rules;
  private final IncomingRoom room;
  private final Claims claims;

  /** Those that are under way here: nobody makes two photos of one file. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Of those files, by the parts that other uploads go by.
   *
   * @param claims what the nodes take of these files
   */
  public Reinstatement(
      AsideFiles files,
      Spool spool,
      Completion completion,
      FileRules rules,
      IncomingRoom room,
      Claims claims) {
    this.files = files;
    this.spool = spool;
    this.completion = completion;
    this.rules = rules;
    this.room = room;
    this.claims = claims;
  }

  /**
   * Makes an unpublished photo of one.
   *
   * @param id of the file among those set aside
   * @param owner the user whose photo it is; null for nobody
   * @return the photo; empty when there is no such file, or it is being restored
   * @throws UploadRefusedException when the site takes no such files
   * @throws UploadLaterException when there is no room for it now
   * @throws IOException when it cannot be read or stored; it is still set aside then
   */
  public Optional<Photo> restore(String id, Long owner) throws IOException {
    if (!underWay.add(id)) {
      return Optional.empty();
    }
    try {
      return claimed(id, owner);
    } finally {
      underWay.remove(id);
    }
  }

  /** A file that another node was restoring is gone, or still there, once its claim is free. */
  private Optional<Photo> claimed(String id, Long owner) throws IOException {
    if (files.find(id).isEmpty() || !claims.take(numberOf(id))) {
      return Optional.empty();
    }
    try (FileChannel file = files.open(id).orElse(null)) {
      if (file == null) {
        return Optional.empty();
      }
      Photo photo = add(id, file, owner);
      forget(id);
      return Optional.of(photo);
    } finally {
      claims.giveBack(numberOf(id));
    }
  }

  /** One for the file's name, of 32 hex digits. */
  private static long numberOf(String id) {
    return Long.parseUnsignedLong(id.substring(id.length() - HEX), HEX);
  }

  private Photo add(String id, FileChannel file, Long owner) throws IOException {
    String name = id.substring(id.lastIndexOf('/') + 1);
    try (UploadRoom taken = room.ofKnown(file.size());
        FileReceiver reception = new FileReceiver(spool.receive(), rules, taken, name)) {
      taken.checkLength();
      copy(file, reception);
      reception.end();
      Details none = Details.NONE;
      Details unpublished =
          new Details(
              owner,
              none.albumIds(),
              none.title(),
              none.description(),
              none.tags(),
              false,
              null,
              null);
      return completion.add(reception.received(), unpublished, License.ALL_RIGHTS_RESERVED);
    }
  }

  private static void copy(FileChannel from, FileReceiver to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (from.read(buffer) >= 0) {
      to.write(buffer.flip());
      buffer.clear();
    }
  }

  /** The photo is there: that the other file is, too, is told in the log, and no failure. */
  private void forget(String id) {
    try {
      files.delete(id);
    } catch (IOException e) {
      LOG.warn("A file that was restored is still set aside: {}", id, e);
    }
  }
}
