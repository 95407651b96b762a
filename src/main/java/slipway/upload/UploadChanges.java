package slipway.upload;

import java.util.List;
import slipway.db.Database;
import slipway.photo.PhotoChange;
import slipway.photo.Photos;
import slipway.photo.Tags;
import slipway.token.DetailsChange;
import slipway.token.PendingChanges;
import slipway.token.TokenRegistry;

/** Changes what was, is being or will be uploaded with a token. */
public final class UploadChanges {
  private final Database database;
  private final TokenRegistry tokens;
  private final Photos photos;
  private final PhotoEvents events;
  private final PendingChanges pending = new PendingChanges();

  /** Changes the photos and tokens of that database. */
  public UploadChanges(Database database, TokenRegistry tokens, Photos photos, PhotoEvents events) {
    this.database = database;
    this.tokens = tokens;
    this.photos = photos;
    this.events = events;
  }

  /**
   * Makes a change; it holds for the photos that are there and for uploads under way. Without an
   * identifier it holds for the token's uploads to come, too.
   *
   * @param resumableIdentifier the one file that is meant, by the name its client gave; null for
   *     all of the token
   * @return false when {@link PendingChanges#MAX_PER_TOKEN} files of the token have changes waiting
   */
  public boolean apply(String token, String resumableIdentifier, DetailsChange change) {
    return database.write(
        tx -> {
          List<Long> uploaded = photos.uploadedWith(tx, token, resumableIdentifier);
          for (long photoId : uploaded) {
            photos.change(tx, photoId, of(change));
            events.updated(tx, photos.find(tx, photoId).orElseThrow());
          }
          if (resumableIdentifier == null) {
            tokens.change(tx, token, change);
            return true;
          }
          return !uploaded.isEmpty() || pending.add(tx, token, resumableIdentifier, change);
        });
  }

  private static PhotoChange of(DetailsChange change) {
    return new PhotoChange(
        change.title(),
        change.description(),
        change.tags() == null ? null : Tags.parse(change.tags()),
        change.albumIds(),
        change.publish());
  }
}
