package slipway.token.link;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;

/**
 * What running uploads reserve of their links' totals: a file each, and its bytes once they are
 * known. Each has a row that says which node has it, and is counted in its link's row by one
 * statement that also checks the limit, so that concurrent uploads never exceed a total, on
 * whichever nodes they are.
 */
public final class LinkUses {
  private static final Logger LOG = LoggerFactory.getLogger(LinkUses.class);

  /** How many rows one search for lost uses finds at most. */
  private static final int MOST_LOST = 1000;

  private static final String HAS_ROOM =
      """
      where upload_link = ? and revoked_at is null
        and (max_files = 0 or files + reserved_files < max_files)""";

  private static final String TAKE_ANY =
      "update upload_link set reserved_files = reserved_files + 1 "
          + HAS_ROOM
          + " and (max_total = 0 or bytes + reserved_bytes < max_total)";

  private static final String TAKE_VALID = TAKE_ANY + " and valid_until > ?";

  private static final String NOTE =
      """
      insert into link_use (node_id, number, upload_link, upload_id, bytes)
      values (?, ?, ?, ?, 0)""";

  /** A node that was paused takes nothing from an upload of another node. */
  private static final String MOVE =
      """
      update link_use set node_id = ?, number = ?
      where upload_id = ?
        and not exists (select 1 from chunked_upload c
          where c.upload_id = link_use.upload_id and c.node_id <> ?)
      returning bytes""";

  private static final String BIND =
      "update link_use set upload_id = ? where node_id = ? and number = ?";

  private static final String HELD =
      "select upload_link, bytes from link_use where node_id = ? and number = ?";

  private static final String CLAIM =
      "update link_use set bytes = ? where node_id = ? and number = ?";

  private static final String COUNT_CLAIM =
      """
      update upload_link set reserved_bytes = reserved_bytes + ?
      where upload_link = ?
        and (max_total = 0 or ? <= 0 or bytes + reserved_bytes + ? <= max_total)""";

  private static final String FITS_BESIDE_FILES =
      "select bytes from upload_link where upload_link = ? and bytes + ? <= max_total";

  private static final String GONE =
      "delete from link_use where node_id = ? and number = ? returning upload_link, bytes";

  private static final String RETURN =
      """
      update upload_link set reserved_files = reserved_files - 1,
        reserved_bytes = reserved_bytes - ? where upload_link = ?""";

  private static final String SPEND =
      """
      update upload_link set files = files + 1, bytes = bytes + ?,
        reserved_files = reserved_files - 1, reserved_bytes = reserved_bytes - ?
      where upload_link = ?""";

  private static final String SPEND_ANOTHER =
      "update upload_link set files = files + 1, bytes = bytes + ? "
          + HAS_ROOM
          + " and (max_total = 0 or bytes + reserved_bytes + ? <= max_total)";

  /** It does not belong to an upload in pieces, which some node will continue. */
  private static final String UNBOUND =
      """
      (upload_id is null or not exists (select 1 from chunked_upload c
        where c.upload_id = u.upload_id and c.photo_id is null))""";

  private static final String OF_NODE =
      "select node_id, number from link_use u where node_id = ? and " + UNBOUND;

  private static final String OF_DEAD =
      """
      select node_id, number from link_use u
      where node_id <> ? and not exists (select 1 from node n where n.node_id = u.node_id) and %s
      limit %d"""
          .formatted(UNBOUND, MOST_LOST);

  private final Database database;
  private final Clock clock;
  private final String node;
  private final AtomicLong last = new AtomicLong();

  /**
   * The uses of this node: noted before they are taken, and until they are spent or have to be
   * returned.
   */
  private final Set<Long> held = ConcurrentHashMap.newKeySet();

  /**
   * Those of that database.
   *
   * @param node the name of this node, which no other has or ever had
   */
  public LinkUses(Database database, Clock clock, String node) {
    this.database = database;
    this.clock = clock;
    this.node = node;
  }

  /** A use that is taken. */
  private record LinkUse(String node, long number) {}

  /** What a use held. */
  private record Holding(String link, long bytes) {
    static Holding of(RowReader row) throws SQLException {
      return new Holding(row.text("upload_link"), row.number("bytes"));
    }
  }

  /**
   * Takes a file of a link that is open.
   *
   * @return its number; 0 when there is none to take
   */
  long takeValid(String link) {
    return take(link, null, tx -> Plain.execute(tx, TAKE_VALID, link, clock.millis()));
  }

  /** The same for a link that may have ended, for an upload in pieces. */
  long takeAny(String link, String upload) {
    return take(link, upload, tx -> Plain.execute(tx, TAKE_ANY, link));
  }

  /**
   * What an upload in pieces has reserved of its link.
   *
   * @param number by which this node knows it
   * @param bytes that it holds
   */
  record Moved(long number, long bytes) {}

  /**
   * Takes over what an upload in pieces has, whichever node received it, even if its link was
   * revoked since.
   *
   * @return empty when it has none
   */
  Optional<Moved> takeOver(String upload) {
    long number = last.incrementAndGet();
    held.add(number);
    Optional<Moved> moved = Optional.empty();
    try {
      moved =
          database
              .write(
                  tx ->
                      Plain.query(tx, row -> row.number("bytes"), MOVE, node, number, upload, node))
              .stream()
              .map(bytes -> new Moved(number, bytes))
              .findFirst();
      return moved;
    } finally {
      if (moved.isEmpty()) {
        held.remove(number);
      }
    }
  }

  /** Notes for which upload in pieces a use is: it stays with that. */
  void bind(Handle tx, long number, String upload) {
    Plain.execute(tx, BIND, upload, node, number);
  }

  /** Leaves a use to its upload in pieces, which another node continues. */
  void leave(long number) {
    held.remove(number);
  }

  /** Counts a file in its link's row. */
  @FunctionalInterface
  private interface Counting {
    int in(Handle tx);
  }

  /** If the answer was lost, {@link #settle} finds whether the use was taken. */
  private long take(String link, String upload, Counting counting) {
    long number = last.incrementAndGet();
    held.add(number);
    boolean isTaken = false;
    try {
      isTaken =
          database.write(
              tx -> counting.in(tx) > 0 && Plain.execute(tx, NOTE, node, number, link, upload) > 0);
      return isTaken ? number : 0;
    } finally {
      if (!isTaken) {
        held.remove(number);
      }
    }
  }

  /** Whether a link has room for a file. */
  enum Room {
    /** It has, and the bytes are reserved. */
    RESERVED,
    /** Uploads that have not ended hold it, and may return it. */
    HELD,
    /** The files that are stored leave none. */
    NONE
  }

  /** The refusal that a link has no room for so many bytes. */
  private static final class NoBytesException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Room room;

    NoBytesException(Room room) {
      this.room = room;
    }
  }

  /** Makes a use reserve so many bytes, replacing an earlier number. */
  Room claim(long number, long bytes) {
    try {
      return database.write(tx -> claimed(tx, number, bytes));
    } catch (NoBytesException e) {
      return e.room;
    }
  }

  /** A use that was taken away from a silent node reserves nothing: its end decides. */
  private Room claimed(Handle tx, long number, long bytes) throws NoBytesException {
    for (Holding before : Plain.query(tx, Holding::of, HELD + database.lock(), node, number)) {
      long more = bytes - before.bytes();
      Plain.execute(tx, CLAIM, bytes, node, number);
      if (Plain.execute(tx, COUNT_CLAIM, more, before.link(), more, more) == 0) {
        throw new NoBytesException(roomWithoutOthers(tx, before.link(), bytes));
      }
    }
    return Room.RESERVED;
  }

  private static Room roomWithoutOthers(Handle tx, String link, long bytes) {
    return Plain.query(tx, row -> row.number("bytes"), FITS_BESIDE_FILES, link, bytes).isEmpty()
        ? Room.NONE
        : Room.HELD;
  }

  /**
   * Spends a use in the caller's transaction. One that was taken from its node, which had been
   * silent for too long, is replaced by another.
   *
   * @return false when there is no other
   */
  boolean spend(Handle tx, long number, String link, long bytes) {
    List<Holding> gone = Plain.query(tx, Holding::of, GONE, node, number);
    if (gone.isEmpty()) {
      return Plain.execute(tx, SPEND_ANOTHER, bytes, link, bytes) > 0;
    }
    long claimed = gone.get(0).bytes();
    Plain.execute(tx, SPEND, claimed, claimed, link);
    return true;
  }

  /** Says that the transaction of {@link #spend} is durable. */
  void spent(long number) {
    held.remove(number);
  }

  /** Returns a use; if the database cannot accept that now, {@link #settle} returns it. */
  void giveBack(long number) {
    held.remove(number);
    try {
      giveBack(new LinkUse(node, number));
    } catch (RuntimeException e) {
      LOG.debug("A use of a link is given back later", e);
    }
  }

  private boolean giveBack(LinkUse use) {
    return database.write(
        tx -> {
          List<Holding> gone = Plain.query(tx, Holding::of, GONE, use.node(), use.number());
          gone.forEach(holding -> Plain.execute(tx, RETURN, holding.bytes(), holding.link()));
          return !gone.isEmpty();
        });
  }

  /**
   * Returns the uses of nodes or processes that are gone, and those of this one that it does not
   * know of, as the database's answer was lost; except for those of uploads in pieces.
   *
   * @return how many there were
   */
  public int settle() {
    int settled = 0;
    for (LinkUse use : uses(OF_NODE)) {
      settled += !held.contains(use.number()) && giveBack(use) ? 1 : 0;
    }
    List<LinkUse> dead = uses(OF_DEAD);
    while (!dead.isEmpty()) {
      for (LinkUse use : dead) {
        settled += giveBack(use) ? 1 : 0;
      }
      dead = uses(OF_DEAD);
    }
    return settled;
  }

  private List<LinkUse> uses(String sql) {
    return database.read(
        handle ->
            Plain.query(
                handle, row -> new LinkUse(row.text("node_id"), row.number("number")), sql, node));
  }
}
