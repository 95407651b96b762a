package slipway.photo.comment;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.photo.Page;

/** The comments on photos. A photo's row counts those that are approved. */
public final class Comments {
  /** Comments of one photo. */
  public static final int MOST_OF_PHOTO = 10_000;

  /** Comments that wait to be approved, in all. */
  public static final int MOST_WAITING = 10_000;

  private static final String FROM =
      " from photo_comment c join photo p on p.photo_id = c.photo_id where ";

  private final Database database;
  private final Clock clock;

  /** The comments of that database. */
  public Comments(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds a comment.
   *
   * @return its number; empty when the photo is gone, or it or the site has as many as it may
   */
  public Optional<Long> tryAdd(long photoId, Comment.CommentText text, boolean approved) {
    long now = clock.millis();
    return database.write(
        tx -> {
          Optional<Long> added =
              tx.createQuery(
                      """
                      insert into photo_comment
                        (photo_id, user_id, name, email, content, approved, created_at)
                      select photo_id, :userId, :name, :email, :html, :approved, :now from photo
                      where photo_id = :photo
                        and (select count(*) from photo_comment where photo_id = :photo) < :most
                        and (:approved or
                          (select count(*) from photo_comment where not approved) < :mostWaiting)
                      returning comment_id""")
                  .bindMethods(text)
                  .bind("html", text.content().html())
                  .bind("approved", approved)
                  .bind("now", now)
                  .bind("photo", photoId)
                  .bind("most", MOST_OF_PHOTO)
                  .bind("mostWaiting", MOST_WAITING)
                  .mapTo(Long.class)
                  .findOne();
          if (approved && added.isPresent()) {
            count(tx, photoId, 1);
          }
          return added;
        });
  }

  /**
   * Lets a comment be shown, if it was not before.
   *
   * @return whether there is one of that number
   */
  public boolean approve(long commentId) {
    return database.write(
        tx -> {
          tx.createQuery(
                  """
                  update photo_comment set approved = true where comment_id = ? and not approved
                  returning photo_id""")
              .bind(0, commentId)
              .mapTo(Long.class)
              .findOne()
              .ifPresent(photoId -> count(tx, photoId, 1));
          return tx.createQuery("select 1 from photo_comment where comment_id = ?")
              .bind(0, commentId)
              .mapTo(Integer.class)
              .findOne()
              .isPresent();
        });
  }

  /**
   * Deletes a comment.
   *
   * @return whether there was one of that number
   */
  public boolean delete(long commentId) {
    return database.write(
        tx -> {
          Optional<Long> approvedOn =
              tx.createQuery("select photo_id from photo_comment where comment_id = ? and approved")
                  .bind(0, commentId)
                  .mapTo(Long.class)
                  .findOne();
          approvedOn.ifPresent(photoId -> count(tx, photoId, -1));
          return tx.execute("delete from photo_comment where comment_id = ?", commentId) > 0;
        });
  }

  private static void count(Handle tx, long photoId, int more) {
    tx.execute(
        "update photo set comment_count = comment_count + ? where photo_id = ?", more, photoId);
  }

  /** A page of comments, by when they were made. */
  public Page<Comment> page(CommentFilter filter, boolean ascending, int size, long offset) {
    String columns =
        "select c.*, p.tree_id, p.token, substr(p.title, 1, 1000) as title" + FROM + filter.sql();
    String order = " order by c.comment_id" + (ascending ? "" : " desc");
    return database.scan(
        handle ->
            new Page<>(
                bound(handle, columns + order + " limit :size offset :offset", filter)
                    .bind("size", size)
                    .bind("offset", offset)
                    .map(RowReader.to(Comments::comment))
                    .list(),
                bound(handle, "select count(*)" + FROM + filter.sql(), filter)
                    .mapTo(Long.class)
                    .one()));
  }

  private Query bound(Handle handle, String sql, CommentFilter filter) {
    Query query = handle.createQuery(sql);
    if (filter.photoId() != null) {
      query.bind("photoId", filter.photoId());
    }
    if (filter.commentId() != null) {
      query.bind("commentId", filter.commentId());
    }
    if (filter.userId() != null) {
      query.bind("userId", filter.userId());
    }
    return filter.waiting() ? query : query.bind("now", clock.millis());
  }

  private static Comment comment(RowReader row) throws SQLException {
    return new Comment(
        row.number("comment_id"),
        new Comment.CommentText(
            row.numberOrNull("user_id"),
            row.text("name"),
            row.text("email"),
            CleanHtml.stored(row.text("content"))),
        row.flag("approved"),
        row.instant("created_at"),
        new Comment.CommentedPhoto(
            row.number("photo_id"), row.integer("tree_id"), row.text("token"), row.text("title")));
  }
}
