package slipway.upload;

import java.io.IOException;
import slipway.language.Saying;
import slipway.token.TokenRefusedException;

/**
 * An upload that cannot be accepted now, but may be soon; it says why, to scripts and to the
 * visitor.
 */
public final class UploadLaterException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    /** A limit of all that is being received, or of unfinished uploads, leaves no room for it. */
    NO_ROOM,
    /** The disk has no more free than must stay so. */
    DISK_FULL,
    /** The pieces that arrived leave too many gaps: the missing ones have to come first. */
    TOO_MANY_GAPS,
    /** Another connection is sending the upload, or the upload is ending. */
    LOCKED,
    /** Another request with the same idempotency key has not ended. */
    SAME_UPLOAD_RUNS,
    /** Unfinished uploads hold the room that the token's link has for the file. */
    LINK_HELD
  }

  private static final String NO_ROOM =
      "The file could not be stored, as the server has no room for it now; please try again"
          + " later.";

  private final Reason reason;
  private final transient Saying saying;

  /** With a message for scripts; the visitor's message follows from the reason. */
  public UploadLaterException(Reason reason, String message) {
    this(reason, message, words(reason));
  }

  private static Saying words(Reason reason) {
    return switch (reason) {
      case NO_ROOM, DISK_FULL -> Saying.of("refused.no_room");
      case TOO_MANY_GAPS -> Saying.of("refused.busy");
      case LOCKED, SAME_UPLOAD_RUNS -> Saying.of("refused.same_runs");
      case LINK_HELD -> Saying.of("refused.in_use");
    };
  }

  private UploadLaterException(Reason reason, String message, Saying saying) {
    super(message);
    this.reason = reason;
    this.saying = saying;
  }

  /** The bound of all that is being received leaves no room for it. */
  static UploadLaterException noRoom() {
    return new UploadLaterException(Reason.NO_ROOM, NO_ROOM);
  }

  /** The disk has no room for it. */
  static UploadLaterException diskFull() {
    return new UploadLaterException(Reason.DISK_FULL, NO_ROOM);
  }

  /** There is no room for a file whose token is not known yet. */
  static UploadLaterException tokenAfterFile(String tokenField) {
    return new UploadLaterException(
        Reason.NO_ROOM,
        "The file came before a valid "
            + tokenField
            + ", and there is no room for such files now: put the field "
            + tokenField
            + " before the file, or try again later.",
        null);
  }

  /** Another request with the same idempotency key has not ended. */
  static UploadLaterException sameUploadRuns() {
    return new UploadLaterException(
        Reason.SAME_UPLOAD_RUNS,
        "Another request with this Idempotency-Key is still being received; ask again soon for what"
            + " comes of it.");
  }

  /** Unfinished uploads hold the room that the token's link has for the file. */
  static UploadLaterException linkHeld(TokenRefusedException why) {
    return new UploadLaterException(Reason.LINK_HELD, why.getMessage());
  }

  /** Another connection is sending the upload, or the upload is ending. */
  public static UploadLaterException locked() {
    return new UploadLaterException(
        Reason.LOCKED, "Another connection is sending this upload; try again soon.");
  }

  /** A client sends chunks, and the first one has not come, or is not there any more. */
  public static UploadLaterException ofLostChunks() {
    return new UploadLaterException(
        Reason.LOCKED,
        "The first chunk of this file has not come, or earlier ones are not there any more; send the"
            + " file again from its first chunk on.",
        Saying.of("refused.begin_anew"));
  }

  /** The visitor's message; null if the error is for the site's developer. */
  public Saying saying() {
    return saying;
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
