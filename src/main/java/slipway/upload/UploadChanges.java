package slipway.upload;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.photo.PhotoChange;
import slipway.photo.Photos;
import slipway.photo.PlannedChange;
import slipway.photo.Tags;
import slipway.token.DetailsChange;
import slipway.token.PendingChanges;
import slipway.token.TokenRegistry;

/** Changes what was, is being or will be uploaded with a token. */
public final class UploadChanges {
  private static final int MOST_WAITING = 32;
  private static final int WAIT_SECONDS = 5;

  /** What a look at the database, before it is written to, has become of. */
  private enum Outcome {
    DONE,
    TOO_MANY,
    /** The photos were changed meanwhile: to be planned again. */
    STALE
  }

  /**
   * One such change at a time: whoever holds tokens can ask for many, and each may write some
   * thousands of words. All others who write wait for one of them at most.
   */
  private final Semaphore turn = new Semaphore(1, true);

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
   * @throws UploadLaterException when too many changes wait
   */
  public boolean apply(String token, String resumableIdentifier, DetailsChange change)
      throws UploadLaterException {
    takeTurn();
    try {
      Outcome outcome = Outcome.STALE;
      while (outcome == Outcome.STALE) {
        List<PlannedChange> plans = plan(token, resumableIdentifier, of(change));
        outcome = database.write(tx -> apply(tx, token, resumableIdentifier, change, plans));
      }
      return outcome == Outcome.DONE;
    } finally {
      turn.release();
    }
  }

  private void takeTurn() throws UploadLaterException {
    try {
      if (turn.getQueueLength() < MOST_WAITING && turn.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UploadLaterException(
        UploadLaterException.Reason.NO_ROOM, "Too many changes wait; please try again.");
  }

  private List<PlannedChange> plan(String token, String resumableIdentifier, PhotoChange change) {
    return database.read(
        handle ->
            photos.uploadedWith(handle, token, resumableIdentifier).stream()
                .flatMap(photoId -> photos.plan(handle, photoId, change).stream())
                .toList());
  }

  private Outcome apply(
      Handle tx,
      String token,
      String resumableIdentifier,
      DetailsChange change,
      List<PlannedChange> plans) {
    List<Long> uploaded = photos.uploadedWith(tx, token, resumableIdentifier);
    List<Long> planned = plans.stream().map(PlannedChange::photoId).toList();
    if (!uploaded.equals(planned) || !plans.stream().allMatch(plan -> plan.isOfToday(tx))) {
      return Outcome.STALE;
    }
    for (PlannedChange plan : plans) {
      photos.change(tx, plan);
      events.updated(tx, photos.find(tx, plan.photoId()).orElseThrow());
    }
    if (resumableIdentifier == null) {
      tokens.change(tx, token, change);
      return Outcome.DONE;
    }
    return !uploaded.isEmpty() || pending.add(tx, token, resumableIdentifier, change)
        ? Outcome.DONE
        : Outcome.TOO_MANY;
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
