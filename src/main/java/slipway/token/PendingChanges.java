package slipway.token;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.db.Column;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.DetailsChange;

/**
 * Changes of the details of a file that is still being uploaded, by the name its client gave it.
 */
public final class PendingChanges {
  /** Files of one token that may have changes waiting. */
  public static final int MAX_PER_TOKEN = 100;

  private static final String INSERT =
      """
      insert into upload_change (upload_token, resumable_identifier, album_id, title, description,
        tags, publish)
      select token, :identifier, :albums, :title, :description, :tags, :publish
      from upload_token where token = :token
      on conflict do nothing""";

  private static final String UPDATE =
      """
      update upload_change set
        album_id = coalesce(:albums, album_id),
        title = coalesce(:title, title),
        description = coalesce(:description, description),
        tags = coalesce(:tags, tags),
        publish = coalesce(:publish, publish)
      where upload_token = :token and resumable_identifier = :identifier""";

  /**
   * Adds a change to those that wait for the file; the later one wins in a conflict.
   *
   * @return false when {@link #MAX_PER_TOKEN} other files of the token have changes already
   */
  public boolean add(Handle tx, String token, String identifier, DetailsChange change) {
    if (others(tx, token, identifier) >= MAX_PER_TOKEN) {
      return false;
    }
    // A concurrent change is waited for. PostgreSQL identifies the rows by a hash, which SQLite
    // does not have.
    if (execute(tx, INSERT, token, identifier, change) == 0) {
      execute(tx, UPDATE, token, identifier, change);
    }
    return true;
  }

  private static int execute(
      Handle tx, String sql, String token, String identifier, DetailsChange change) {
    return tx.createUpdate(sql)
        .bindMethods(change)
        .bind("token", token)
        .bind("identifier", identifier)
        .bind("description", change.description() == null ? null : change.description().html())
        .bind("albums", Column.list(change.albumIds()))
        .execute();
  }

  private static int others(Handle tx, String token, String identifier) {
    return tx.createQuery(
            """
            select count(*) from upload_change
            where upload_token = ? and resumable_identifier <> ?""")
        .bind(0, token)
        .bind(1, identifier)
        .mapTo(Integer.class)
        .one();
  }

  /** Requests the change that waits for a file. */
  public Supplier<Optional<DetailsChange>> ask(Handle tx, String token, String identifier) {
    Supplier<List<DetailsChange>> rows =
        Plain.ask(
            tx,
            PendingChanges::change,
            "select * from upload_change where upload_token = ? and resumable_identifier = ?",
            token,
            identifier);
    return () -> rows.get().stream().findFirst();
  }

  private static DetailsChange change(RowReader row) throws SQLException {
    return new DetailsChange(
        row.numbersOrNull("album_id"),
        row.text("title"),
        CleanHtml.stored(row.text("description")),
        row.text("tags"),
        row.flagOrNull("publish"));
  }
}
