package slipway.upload;

import java.io.IOException;

/**
 * An upload that is not taken; the message says why and is for the visitor's eyes. It is an
 * IOException so that it can stop a file in the midst of its bytes.
 */
public final class UploadRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why an upload is refused. */
  public enum Reason {
    /** The request names no token. */
    NO_TOKEN,
    /** No file came, or an empty one. */
    NO_FILE,
    /** A form has more than one file. */
    TOO_MANY_FILES,
    /** The file is larger than the server or the token allows. */
    TOO_LARGE,
    /** The content is of a type that is not accepted. */
    UNSUPPORTED_TYPE,
    /** What was said of the bytes and the bytes themselves differ. */
    LIE,
    /** The photo to replace, or the one this upload made earlier, has been deleted. */
    PHOTO_IS_GONE,
    /** A part of an upload can become no file, as every use of its token is spent. */
    DEAD_TOKEN,
    /** The client gave the upload in pieces up, or nothing came for it for too long. */
    REMOVED
  }

  private final Reason reason;

  /** With a message for the visitor. */
  public UploadRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What was said of the bytes and the bytes themselves differ. */
  public static UploadRefusedException lie(String message) {
    return new UploadRefusedException(Reason.LIE, message);
  }

  /** Of parts that can become no file any more. */
  public static UploadRefusedException deadToken() {
    return new UploadRefusedException(
        Reason.DEAD_TOKEN, "This upload token has been used up or is no longer valid.");
  }

  /** Of an upload that its client gave up, or that nothing came for too long. */
  public static UploadRefusedException removed() {
    return new UploadRefusedException(
        Reason.REMOVED, "There is no such upload, or it has expired.");
  }

  static UploadRefusedException photoIsGone() {
    return new UploadRefusedException(Reason.PHOTO_IS_GONE, "The photo has been deleted.");
  }

  /** Why it is refused. */
  public Reason reason() {
    return reason;
  }
}
