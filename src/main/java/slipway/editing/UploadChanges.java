package slipway.editing;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.details.DetailsChange;
import slipway.photo.Photos;
import slipway.token.PendingChanges;
import slipway.token.TokenRegistry;

/** Changes photos that were, are being or will be uploaded with a token. */
public final class UploadChanges {
  private final ChangeTurns turns = new ChangeTurns();

  private final Database database;
  private final TokenRegistry tokens;
  private final Photos photos;
  private final PhotoChanges each;
  private final PendingChanges pending = new PendingChanges();

  /** Changes the photos and tokens of that database. */
  public UploadChanges(Database database, TokenRegistry tokens, Photos photos, PhotoEvents events) {
    this.database = database;
    this.tokens = tokens;
    this.photos = photos;
    this.each = new PhotoChanges(database, photos, events);
  }

  /**
   * Makes a change, which applies to existing photos and to uploads in progress. Without an
   * identifier it also applies to future uploads with the token.
   *
   * @param resumableIdentifier which file is changed, by the name its client gave it; null for all
   *     files of the token
   * @return false when {@link PendingChanges#MAX_PER_TOKEN} files of the token have changes waiting
   * @throws TooManyChangesException when too many changes wait, of all tokens or of this one
   */
  public boolean apply(String token, String resumableIdentifier, DetailsChange change)
      throws TooManyChangesException {
    try (ChangeTurns.ChangeTurn turn = turns.take(token)) {
      return applyInTurn(token, resumableIdentifier, change);
    }
  }

  private boolean applyInTurn(String token, String resumableIdentifier, DetailsChange change) {
    Optional<List<Long>> uploaded =
        database.write(tx -> begin(tx, token, resumableIdentifier, change));
    // One by one, so that other writers wait for one photo at most.
    for (long photoId : uploaded.orElse(List.of())) {
      each.apply(photoId, change, null);
    }
    return uploaded.isPresent();
  }

  /**
   * Changes the metadata of future uploads.
   *
   * @return the existing photos, to be changed as well; empty when too many changes wait for files
   *     of the token
   */
  private Optional<List<Long>> begin(
      Handle tx, String token, String resumableIdentifier, DetailsChange change) {
    List<Long> uploaded = photos.uploadedWith(tx, token, resumableIdentifier);
    if (resumableIdentifier == null) {
      tokens.change(tx, token, change);
    } else if (uploaded.isEmpty() && !pending.add(tx, token, resumableIdentifier, change)) {
      return Optional.empty();
    }
    return Optional.of(uploaded);
  }
}
