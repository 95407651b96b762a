package slipway.upload;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import slipway.db.Database;
import slipway.db.UnknownOutcomeException;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.details.PhotoText;
import slipway.details.TextLimits;
import slipway.editing.GoneFiles;
import slipway.editing.PhotoEvents;
import slipway.event.Outgoing;
import slipway.event.OutgoingCall;
import slipway.event.Webhook;
import slipway.license.License;
import slipway.license.PhotoLicenses;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.token.IdempotencyKeys;
import slipway.token.KeyedUpload;
import slipway.token.PendingChanges;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * The end of every upload, by whichever way its bytes arrived: the file is kept, then photo, spent
 * use, event and background return are committed as one. A row always has its file.
 */
public final class Completion {
  private final Database database;
  private final MediaStore media;
  private final GoneFiles gone;
  private final Photos photos;
  private final IdempotencyKeys keys;
  private final PendingChanges changes = new PendingChanges();
  private final PhotoEvents events;
  private final RenditionQueue renditions;
  private final Outgoing outgoing;
  private final TextLimits limits;

  /** Keeps files in that store and photos in that database. */
  public Completion(
      Database database,
      MediaStore media,
      Photos photos,
      IdempotencyKeys keys,
      PhotoEvents events,
      RenditionQueue renditions,
      Outgoing outgoing,
      TextLimits limits) {
    this.database = database;
    this.media = media;
    this.gone = new GoneFiles(database, media);
    this.photos = photos;
    this.keys = keys;
    this.events = events;
    this.renditions = renditions;
    this.outgoing = outgoing;
    this.limits = limits;
  }

  /**
   * The photo in the catalogue after an upload.
   *
   * @param photoId the photo's number
   * @param made the photo, if this upload made it or gave it its file; null if it repeats an
   *     earlier one
   * @param replaced the photo as it was before, with the file to delete; null for a new photo
   * @param eventId the event that reports it; null if it repeats an earlier one
   */
  private record Outcome(long photoId, Photo made, Photo replaced, String eventId) {
    static Outcome repeat(long photoId) {
      return new Outcome(photoId, null, null, null);
    }
  }

  /**
   * Ends an upload: when this returns, file, photo and spent use are durable.
   *
   * @return the photo, or that of the earlier upload which this one repeats
   * @throws UploadRefusedException when the photo to replace, or that of the earlier upload, has
   *     been deleted, or the token's link has no room for the file
   * @throws UploadLaterException when unfinished uploads hold the room that the link has for it;
   *     nothing has changed
   * @throws OutdatedException when the submission is outdated; nothing has changed
   */
  public Photo complete(TokenUse use, Received file, Submission how) throws IOException {
    claim(use, file.size());
    Prepared first = prepare(use, how);
    MediaKey key = keep(file);
    Outcome outcome = recorded(use, file, key, how, first);
    while (outcome == null) {
      outcome = recorded(use, file, key, how, prepare(use, how));
    }
    if (outcome.made() == null) {
      media.delete(key);
      return made(outcome.photoId());
    }
    use.spent();
    deleteReplaced(outcome);
    UploadMetrics.stored(file.size());
    return outcome.made();
  }

  private static void claim(TokenUse use, long bytes) throws IOException {
    try {
      use.claim(bytes);
    } catch (TokenRefusedException e) {
      throw e.reason() == TokenRefusedException.Reason.IN_USE
          ? UploadLaterException.linkHeld(e)
          : UploadRefusedException.linkFull(e);
    }
  }

  /** The result; null when the details must be prepared again. */
  private Outcome recorded(
      TokenUse use, Received file, MediaKey key, Submission how, Prepared prepared)
      throws IOException {
    try {
      return commit(file, key, how, tx -> record(tx, use, file, key, how, prepared));
    } catch (UndoneException e) {
      return e.outcome;
    }
  }

  /** Keeps a file, but never with a length other than that received. */
  private MediaKey keep(Received file) throws IOException {
    long length = file.incoming().size();
    if (length != file.size()) {
      throw new IOException(
          "A file has " + length + " bytes on the disk, but " + file.size() + " were received");
    }
    return media.keep(file.incoming());
  }

  /** Makes the photo of a file that arrived without a token. */
  Photo add(Received file, Details details, License license) throws IOException {
    Prepared prepared = prepare(details);
    MediaKey key = keep(file);
    Submission how = new Submission(null, null, null);
    NewPhoto photo = newPhoto(null, prepared, file, key, how);
    return commit(
        file,
        key,
        how,
        tx -> {
          Supplier<Long> number = photos.number(tx);
          Photo made = add(tx, null, photo, number, events.listeners(tx)).made();
          PhotoLicenses.put(tx, made.photoId(), license);
          return made;
        });
  }

  /**
   * Gives a photo another file, and deletes the one it had.
   *
   * @throws UploadRefusedException when there is no such photo
   */
  Photo replace(long photoId, Received file) throws IOException {
    MediaKey key = keep(file);
    Submission how = new Submission(null, null, null);
    Outcome outcome =
        commit(file, key, how, tx -> replace(tx, null, photoId, file, key, events.listeners(tx)));
    deleteReplaced(outcome);
    return outcome.made();
  }

  /**
   * Records the outcome for a kept file, or takes the file back. If the outcome is unknown, the
   * file stays: if it has no row, the next start sets it aside. A file that another node continues
   * stays, too.
   */
  private <T> T commit(
      Received file, MediaKey key, Submission how, HandleCallback<T, IOException> work)
      throws IOException {
    try {
      return database.write(work);
    } catch (UndoneException e) {
      throw e; // The file may still be wanted.
    } catch (IOException | RuntimeException e) {
      if (!isInDoubt(e) && !isRecorded(key.name()) && how.isOurs().getAsBoolean()) {
        media.takeBack(key, file.incoming());
      }
      throw e;
    }
  }

  /**
   * Makes sure that a file in pieces, which may be kept already, is in the spool only.
   *
   * @return whether it was kept
   */
  public boolean takeBackIfKept(PartialFile file) throws IOException {
    return media.takeBackIfKept(file);
  }

  /**
   * Keeps a file in pieces that was kept before without a photo: it returns to its place, and is no
   * longer in the spool.
   */
  public void keepAgain(PartialFile file) throws IOException {
    media.keep(file);
    file.delete();
  }

  /**
   * Compares the rest of a file that is sent again, and throws {@link DifferentFileException} if it
   * is not the photo's; close it.
   */
  public WritableByteChannel restOf(Photo photo, long offset) throws IOException {
    Originals original = new Originals(offset);
    media
        .open(new MediaKey(photo.treeId(), photo.mediaKey()))
        .ifPresent(file -> original.add(photo, file));
    return original;
  }

  /** Whether a file in pieces is kept, and no longer in the spool. */
  public boolean isKept(PartialFile file) throws IOException {
    return media.isKept(file);
  }

  /** Whether a file is kept under the name of one in pieces, even if that is also in the spool. */
  public boolean isNameKept(PartialFile file) throws IOException {
    try (Media kept = media.open(MediaKey.of(file.name())).orElse(null)) {
      return kept != null;
    }
  }

  /**
   * Sets a file in pieces aside that is kept without a photo.
   *
   * @return whether it was kept
   */
  public boolean setAsideIfKept(PartialFile file) throws IOException {
    return media.setAsideIfKept(file);
  }

  /** What the token's upload with this key made, if there was one. */
  Optional<KeyedUpload> earlier(String token, String idempotencyKey) {
    return keys.find(token, idempotencyKey);
  }

  /** The photo that an upload made earlier, or that one may replace. */
  public Photo made(long photoId) throws UploadRefusedException {
    return photos.find(photoId).orElseThrow(UploadRefusedException::photoIsGone);
  }

  /** The metadata of a photo, parsed before the database's writer is involved. */
  private record Prepared(Details details, PhotoText text) {}

  private Prepared prepare(Details details) {
    return new Prepared(details, PhotoText.of(details, limits));
  }

  private Prepared prepare(TokenUse use, Submission how) {
    return use.token().purpose() == TokenPurpose.REPLACE ? null : prepare(detailsNow(use, how));
  }

  /**
   * Mostly without reading the database: {@link #record} notices if they have changed meanwhile.
   */
  private Details detailsNow(TokenUse use, Submission how) {
    return how.resumableIdentifier() == null && use.isAsIssued()
        ? said(use.token().details(), Optional.empty(), how)
        : database.read(handle -> details(handle, use, how));
  }

  /** Rolls a transaction back, with this as its only result. */
  private static final class UndoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    UndoneException(Outcome outcome) {
      super("An upload is not recorded a second time, nor as stated before");
      this.outcome = outcome;
    }
  }

  /**
   * Records the outcome of an upload: everything it needs to read first is requested at once.
   *
   * @throws UndoneException with null when the details were changed since they were prepared
   */
  private Outcome record(
      Handle tx, TokenUse use, Received file, MediaKey key, Submission how, Prepared prepared)
      throws IOException {
    UploadToken token = use.token();
    if (how.isOutdated().test(tx)) {
      throw new OutdatedException();
    }
    Supplier<Optional<KeyedUpload>> earlier = askEarlier(tx, token, how);
    Supplier<Optional<DetailsChange>> change = askChange(tx, token, how);
    Supplier<Optional<Details>> spent = use.spend(tx);
    Supplier<Long> number = photos.number(tx);
    Supplier<List<Webhook>> listeners = events.listeners(tx);
    requireFirst(earlier.get(), file);
    Details details = spent.get().orElseThrow(UploadRefusedException::deadToken);
    if (prepared != null && !said(details, change.get(), how).equals(prepared.details())) {
      throw new UndoneException(null);
    }
    Outcome outcome =
        token.purpose() == TokenPurpose.REPLACE
            ? replace(tx, token.id(), token.replaces(), file, key, listeners)
            : add(
                tx, token.id(), newPhoto(token.id(), prepared, file, key, how), number, listeners);
    Photo photo = outcome.made();
    if (how.idempotencyKey() != null) {
      KeyedUpload keyed = new KeyedUpload(photo.photoId(), file.filename(), file.size());
      keys.add(tx, token.id(), how.idempotencyKey(), keyed);
    }
    how.also().accept(tx, photo);
    if (token.returnTo().inBackground()) {
      String callback = how.callback().apply(photo);
      outgoing.enqueue(tx, OutgoingCall.backgroundReturn(callback, outcome.eventId()));
    }
    return outcome;
  }

  private Supplier<Optional<KeyedUpload>> askEarlier(Handle tx, UploadToken token, Submission how) {
    return how.idempotencyKey() == null
        ? Optional::empty
        : keys.ask(tx, token.id(), how.idempotencyKey());
  }

  private Supplier<Optional<DetailsChange>> askChange(
      Handle handle, UploadToken token, Submission how) {
    return how.resumableIdentifier() == null
        ? Optional::empty
        : changes.ask(handle, token.id(), how.resumableIdentifier());
  }

  private static void requireFirst(Optional<KeyedUpload> earlier, Received file)
      throws IOException {
    if (earlier.isPresent()) {
      throw earlier.get().mayBe(file.filename(), file.size())
          ? new UndoneException(Outcome.repeat(earlier.get().photoId()))
          : UploadRefusedException.keyOfAnotherFile();
    }
  }

  /** The details from the token, or from later changes, and those that it leaves to the visitor. */
  private static Details said(Details details, Optional<DetailsChange> change, Submission how) {
    Details now = change.map(later -> later.of(details)).orElse(details);
    return now.title().isEmpty()
        ? new DetailsChange(null, how.title(), null, null, null).of(now)
        : now;
  }

  /**
   * Adds the photo and its event, and queues its renditions.
   *
   * @param uploadToken the token it was uploaded with; null for none
   */
  private Outcome add(
      Handle tx,
      String uploadToken,
      NewPhoto photo,
      Supplier<Long> number,
      Supplier<List<Webhook>> listeners) {
    Photo added = photos.add(tx, photo, number);
    renditions.announce(tx);
    String event = events.uploaded(tx, added, uploadToken, listeners);
    return new Outcome(added.photoId(), added, null, event);
  }

  private Outcome replace(
      Handle tx,
      String uploadToken,
      long photoId,
      Received file,
      MediaKey key,
      Supplier<List<Webhook>> listeners)
      throws UploadRefusedException {
    Photo before =
        photos
            .replaceFile(tx, photoId, photoFile(file, key))
            .orElseThrow(UploadRefusedException::photoIsGone);
    gone.note(tx, before);
    Photo now = photos.find(tx, photoId).orElseThrow();
    renditions.announce(tx);
    return new Outcome(photoId, now, before, events.replaced(tx, now, uploadToken, listeners));
  }

  private void deleteReplaced(Outcome outcome) {
    if (outcome.replaced() != null) {
      gone.delete(outcome.replaced());
    }
  }

  /** As they are now: they may have been changed while the file was on its way. */
  private Details details(Handle handle, TokenUse use, Submission how) {
    return said(use.details(handle), askChange(handle, use.token(), how).get(), how);
  }

  /** Reports a failed upload, if the token requests that in the background. */
  void failed(UploadToken token, String callback) {
    if (token.returnTo().inBackground()) {
      database.write(
          tx -> {
            outgoing.enqueue(tx, OutgoingCall.backgroundReturn(callback));
            return null;
          });
    }
  }

  /**
   * Settles the outcome of earlier commits, so that {@link #isRecorded} is reliable.
   *
   * @throws RuntimeException when it cannot, for now
   */
  public void settle() {
    database.settle();
  }

  private static boolean isInDoubt(Exception e) {
    return e instanceof UnknownOutcomeException unknown && !unknown.isSettled();
  }

  /** Runs something once {@link #isRecorded} is reliable. */
  void whenSettled(Runnable then) {
    database.whenSettled(then);
  }

  /** Whether a photo has the file of that name. */
  public boolean isRecorded(String mediaName) {
    return photos.hasMedia(mediaName);
  }

  private static NewPhoto newPhoto(
      String uploadToken, Prepared prepared, Received file, MediaKey key, Submission how) {
    return new NewPhoto(
        photoFile(file, key),
        prepared.details(),
        prepared.text(),
        uploadToken,
        how.resumableIdentifier());
  }

  private static PhotoFile photoFile(Received file, MediaKey key) {
    return new PhotoFile(key.treeId(), key.name(), file.filename(), file.type(), file.size());
  }
}
