package slipway.upload;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import slipway.details.Markup;
import slipway.photo.Photo;

/**
 * How an upload came, besides its file.
 *
 * @param title what the visitor calls it, as plain text, where its token says nothing; empty for
 *     nothing
 * @param resumableIdentifier the name its client gave the file; null for none
 * @param idempotencyKey what tells a repeat from a new upload; null for none
 * @param also what is recorded in the same transaction
 * @param callback the address that gives the outcome, once there is the photo
 * @param isOutdated whether another file has become a photo of which this one may be a repeat, as
 *     the transaction sees it that is to make the photo
 * @param isOurs whether its file is this node's still, which is asked before the file is taken back
 *     as nothing came of it
 */
public record Submission(
    String title,
    String resumableIdentifier,
    String idempotencyKey,
    BiConsumer<Handle, Photo> also,
    Function<Photo, String> callback,
    Predicate<Handle> isOutdated,
    BooleanSupplier isOurs) {

  /** A submission that is independent of other files. */
  public Submission(
      String resumableIdentifier,
      String idempotencyKey,
      BiConsumer<Handle, Photo> also,
      Function<Photo, String> callback) {
    this("", resumableIdentifier, idempotencyKey, also, callback, tx -> false, () -> true);
  }

  /** With nothing else to be recorded. */
  Submission(String resumableIdentifier, String idempotencyKey, Function<Photo, String> callback) {
    this(resumableIdentifier, idempotencyKey, (tx, photo) -> {}, callback);
  }

  /** The same for a file with that title from the visitor; everything but plain text is removed. */
  public Submission titled(String said) {
    return new Submission(
        Markup.strip(said),
        resumableIdentifier,
        idempotencyKey,
        also,
        callback,
        isOutdated,
        isOurs);
  }

  /** The same, unless another file has become a photo meanwhile of which this may be a repeat. */
  Submission unless(Predicate<Handle> isOutdated) {
    return new Submission(
        title, resumableIdentifier, idempotencyKey, also, callback, isOutdated, isOurs);
  }

  /** The same of a file that another node may continue with. */
  public Submission whileOurs(BooleanSupplier isOurs) {
    return new Submission(
        title, resumableIdentifier, idempotencyKey, also, callback, isOutdated, isOurs);
  }
}
