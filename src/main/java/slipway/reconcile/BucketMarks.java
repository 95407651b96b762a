package slipway.reconcile;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.stray.StrayObjects;

/**
 * How far a bucket was compared with the database, and the photos that lack their object. For one
 * thread.
 */
public final class BucketMarks {
  private final Database database;

  /** Those of a database. */
  public BucketMarks(Database database) {
    this.database = database;
  }

  /**
   * A pass through all of the bucket.
   *
   * @param mark the names before it were looked at; empty at the beginning
   * @param isDue whether it goes on, or is to begin
   */
  record Round(String mark, boolean isDue) {}

  /** The start of the names before which all were looked at as they were new; empty at first. */
  String mark() {
    return database.read(
        handle ->
            handle
                .createQuery("select mark from bucket_sweep")
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  void mark(String next) {
    write("update bucket_sweep set mark = ?", next);
  }

  Round round() {
    return database.read(
        handle ->
            handle
                .createQuery("select round_mark, round_due <= ran_seconds as due from bucket_sweep")
                .map(RowReader.to(row -> new Round(row.text("round_mark"), row.flag("due"))))
                .findOne()
                .orElse(new Round("", true)));
  }

  void roundMark(String next) {
    write("update bucket_sweep set round_mark = ?", next);
  }

  /** Ends a pass: the next one begins after so much time of service. */
  void endRound(Duration pause) {
    write(
        "update bucket_sweep set round_mark = '', round_due = ran_seconds + ?", pause.toSeconds());
  }

  private void write(String sql, Object value) {
    database.write(
        tx -> {
          StrayObjects.begin(tx);
          return tx.execute(sql, value);
        });
  }

  /** Says of which photos between two names the object is missing: of no others there. */
  void missing(String from, String to, List<String> mediaKeys) {
    database.write(
        tx -> {
          tx.execute("delete from missing_object where media_key >= ? and media_key < ?", from, to);
          PreparedBatch batch = tx.prepareBatch("insert into missing_object values (?)");
          mediaKeys.forEach(batch::add);
          return mediaKeys.isEmpty() ? 0 : batch.execute().length;
        });
  }

  /** Some of the photos whose object was missing. */
  List<String> missing(int most) {
    return database.read(
        handle ->
            handle
                .createQuery("select media_key from missing_object order by media_key limit ?")
                .bind(0, most)
                .mapTo(String.class)
                .list());
  }

  /** Says that the object of one is there, or is wanted no more. */
  void found(String mediaKey) {
    database.execute("delete from missing_object where media_key = ?", mediaKey);
  }

  /** How many there are. */
  int countMissing() {
    return database.read(
        handle ->
            handle.createQuery("select count(*) from missing_object").mapTo(Integer.class).one());
  }
}
