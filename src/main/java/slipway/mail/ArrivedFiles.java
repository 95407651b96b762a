package slipway.mail;

import java.time.Clock;
import org.jdbi.v3.core.Handle;
import slipway.db.Plain;

/** Notes the files that visitors send, for the users who are told of them. */
public final class ArrivedFiles {
  private static final String BY_LINK =
      """
      insert into mail_arrival (user_id, photo_id, upload_link, created_at)
      select u.user_id, ?, l.upload_link, ?
      from upload_token t join upload_link l on l.upload_link = t.upload_link
        join app_user u on u.user_id = coalesce(l.user_id, l.issuer_user_id)
      where t.token = ? and l.notified and u.notified and u.email <> ''
      on conflict do nothing\
      """;

  /** A link that is not told of is not told of by its albums either. */
  private static final String IN_ALBUMS =
      """
      insert into mail_arrival (user_id, photo_id, album_id, created_at)
      select u.user_id, p.photo_id, min(a.album_id), ?
      from photo_album p join album a on a.album_id = p.album_id
        join app_user u on u.user_id = a.user_id
      where p.photo_id = ? and a.notified and u.notified and u.email <> ''
        and not exists (select 1 from upload_token t
          join upload_link l on l.upload_link = t.upload_link
          where t.token = ? and not l.notified)
      group by u.user_id, p.photo_id
      on conflict do nothing\
      """;

  private final Clock steady;

  /**
   * Notes them in the transactions of their events.
   *
   * @param steady a clock that does not jump
   */
  public ArrivedFiles(Clock steady) {
    this.steady = steady;
  }

  /** A photo was made with an upload token: the owners of its link and its albums are to know. */
  public void note(Handle tx, long photoId, String uploadToken) {
    long now = steady.millis();
    Plain.later(tx, BY_LINK, photoId, now, uploadToken);
    Plain.later(tx, IN_ALBUMS, now, photoId, uploadToken);
  }
}
