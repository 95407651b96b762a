package slipway.upload.resumable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;

/**
 * The keys of uploads that have ended, for as long as their chunks may come, at whichever node and
 * after a start. Where chunks come in any order, those of one that was refused for good get the
 * same answer and do not begin it anew, as others of it would be missing. Where they come one after
 * the other, the file of that key begins anew, but no other: its chunks could be put behind those.
 */
final class RefusedTable {
  /**
   * With so many of a token, none of its uploads begins that may add one: none is forgotten. Those
   * of a type that is not taken do not count, as visitors send such by the folder: of them the
   * latest so many are told of. A file of one that is forgotten is refused by its type again.
   */
  static final int MOST_OF_TOKEN = 100;

  /** Rows deleted in one transaction, as others wait to write. */
  private static final int SWEPT_AT_ONCE = 1000;

  /** As the index has it, too. */
  private static final String STORED = "stored";

  private final Database database;
  private final Clock clock;

  RefusedTable(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What is told of an upload that has ended.
   *
   * @param type that of the file, which is not taken; empty where chunks of two files came
   * @param beginning of the only file that may come under its key; empty for none
   * @param kept how long it is told
   */
  record LastWord(String type, String beginning, Duration kept) {
    /** That of one which was refused for good. */
    static LastWord refused(String type, Duration kept) {
      return new LastWord(type, "", kept);
    }

    /** That of one which ended before it was whole. */
    static LastWord begun(FileStart beginning, Duration kept) {
      return new LastWord("", beginning.text(), kept);
    }

    /** That of one which is a photo, in case that is deleted: such do not count. */
    static LastWord stored(FileStart beginning, Duration kept) {
      return new LastWord(STORED, beginning.text(), kept);
    }
  }

  /** What {@link LastWord#type} says of an upload that was refused for good. */
  Optional<String> typeOf(UploadKey key) {
    return find("type", "beginning = ''", key);
  }

  /** How the only file begins that may come under that key; empty where any may. */
  Optional<FileStart> beginningOf(UploadKey key) {
    return find("beginning", "beginning <> ''", key).map(FileStart::parse);
  }

  private Optional<String> find(String column, String condition, UploadKey key) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select %s from refused_upload
                    where upload_token = ? and hash = ? and ends_at > ? and %s"""
                        .formatted(column, condition),
                    key.token(),
                    key.hash(),
                    clock.millis())
                .mapTo(String.class)
                .findFirst());
  }

  /** Whether a token has as many as it may have of those that must not be forgotten. */
  boolean isFull(String token) {
    return database.read(
            handle ->
                handle
                    .select(
                        """
                        select count(*) from refused_upload
                        where upload_token = ? and ends_at > ?
                          and type <> 'stored' and type = ''""",
                        token,
                        clock.millis())
                    .mapTo(Integer.class)
                    .one())
        >= MOST_OF_TOKEN;
  }

  /**
   * Adds one, in the transaction that ends its upload. Of two beginnings the longer one stays: what
   * has as many bytes begins so, too, or was refused.
   */
  void add(Handle tx, UploadKey key, LastWord word) {
    tx.execute(
        """
        insert into refused_upload (upload_token, hash, type, beginning, ends_at)
          values (?, ?, ?, ?, ?)
        on conflict (upload_token, hash) do update set
          type = excluded.type, beginning = excluded.beginning, ends_at = excluded.ends_at""",
        key.token(),
        key.hash(),
        word.type(),
        longer(tx, key, word.beginning()),
        clock.instant().plus(word.kept()).toEpochMilli());
    if (!word.type().isEmpty() && !word.type().equals(STORED)) {
      forgetEarlierTypes(tx, key.token());
    }
  }

  private static void forgetEarlierTypes(Handle tx, String token) {
    tx.execute(
        """
        delete from refused_upload
        where upload_token = ? and type <> 'stored' and type <> '' and hash not in (
          select hash from refused_upload
          where upload_token = ? and type <> 'stored' and type <> ''
          order by ends_at desc, hash limit ?)""",
        token,
        token,
        MOST_OF_TOKEN);
  }

  private String longer(Handle tx, UploadKey key, String beginning) {
    return tx.select(
            """
            select beginning from refused_upload
            where upload_token = ? and hash = ? and ends_at > ? and beginning <> ''""",
            key.token(),
            key.hash(),
            clock.millis())
        .mapTo(String.class)
        .findFirst()
        .filter(before -> !beginning.isEmpty() && isLonger(before, beginning))
        .orElse(beginning);
  }

  private static boolean isLonger(String one, String other) {
    return FileStart.parse(one).length() > FileStart.parse(other).length();
  }

  /**
   * Deletes those that are told no more.
   *
   * @return how many there were
   */
  int sweep(Instant now) {
    int all = 0;
    int last;
    do {
      last =
          database.execute(
              """
              delete from refused_upload where hash in (select hash from refused_upload
                where ends_at <= ? limit ?) and ends_at <= ?""",
              now.toEpochMilli(),
              SWEPT_AT_ONCE,
              now.toEpochMilli());
      all += last;
    } while (last >= SWEPT_AT_ONCE);
    return all;
  }
}
