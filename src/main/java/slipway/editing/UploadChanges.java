package slipway.editing;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.details.DetailsChange;
import slipway.photo.Photos;
import slipway.token.PendingChanges;
import slipway.token.TokenRegistry;

/** Changes what was, is being or will be uploaded with a token. */
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
   * Makes a change; it holds for the photos that are there and for uploads under way. Without an
   * identifier it holds for the token's uploads to come, too.
   *
   * @param resumableIdentifier the one file that is meant, by the name its client gave; null for
   *     all of the token
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
    // One by one, so that others who write wait for one photo at most.
    for (long photoId : uploaded.orElse(List.of())) {
      each.apply(photoId, change, null);
    }
    return uploaded.isPresent();
  }

  /**
   * Changes what uploads to come get.
   *
   * @return the photos that are there, to be changed, too; empty when too many changes wait for
   *     files of the token
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
