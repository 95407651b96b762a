package slipway.upload;

import java.io.IOException;
import java.util.List;
import slipway.language.Saying;
import slipway.token.TokenRefusedException;

/**
 * An upload that is not taken; it says why, to scripts and to the visitor. It is an IOException so
 * that it can stop a file in the middle of its bytes.
 */
public final class UploadRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why an upload is refused. */
  public enum Reason {
    /** The request names no token, or an empty one. */
    NO_TOKEN,
    /** No file arrived, or an empty one. */
    NO_FILE,
    /** A form has more than one file. */
    TOO_MANY_FILES,
    /** The file is larger than the server or the token allows. */
    TOO_LARGE,
    /** The content is of a type that is not accepted. */
    UNSUPPORTED_TYPE,
    /** The announced and the actual bytes differ. */
    LIE,
    /** Its idempotency key is that of an upload of another file, or of one that may be. */
    KEY_OF_ANOTHER_FILE,
    /** The photo to replace, or the one this upload made earlier, has been deleted. */
    PHOTO_IS_GONE,
    /** A part of an upload can become no file, as every use of its token is spent. */
    DEAD_TOKEN,
    /** The client cancelled the upload in pieces, or nothing arrived for too long. */
    REMOVED
  }

  private final Reason reason;
  private final transient Saying saying;
  private final String type;

  /** With a message for scripts; the visitor's message follows from the reason. */
  public UploadRefusedException(Reason reason, String message) {
    this(reason, message, words(reason));
  }

  /** With a message for scripts, and what a visitor is told in a language of theirs. */
  UploadRefusedException(Reason reason, String message, Saying saying) {
    this(reason, message, saying, "");
  }

  private UploadRefusedException(Reason reason, String message, Saying saying, String type) {
    super(message);
    this.reason = reason;
    this.saying = saying;
    this.type = type;
  }

  private static Saying words(Reason reason) {
    return switch (reason) {
      case NO_FILE -> Saying.of("refused.no_file");
      case TOO_MANY_FILES -> Saying.of("refused.one_file");
      case PHOTO_IS_GONE -> Saying.of("refused.photo_gone");
      case DEAD_TOKEN -> Saying.of("refused.used_up");
      case NO_TOKEN -> Saying.of("refused.unknown");
      case TOO_LARGE, UNSUPPORTED_TYPE, LIE, KEY_OF_ANOTHER_FILE, REMOVED -> null;
    };
  }

  /**
   * No token arrived, or an empty one.
   *
   * @param parameter its name
   */
  public static UploadRefusedException noToken(String parameter) {
    return new UploadRefusedException(
        Reason.NO_TOKEN,
        "The parameter '" + parameter + "' is required: a token of 40 hexadecimal digits.");
  }

  /** The same of a protocol that has its token in headers. */
  public static UploadRefusedException noTokenInHeaders() {
    return new UploadRefusedException(
        Reason.NO_TOKEN,
        "An upload token is required: as upload_token in the header Upload-Metadata, or as Bearer"
            + " in the header Authorization.");
  }

  /** No part of the form is a file. */
  public static UploadRefusedException noFile() {
    return new UploadRefusedException(
        Reason.NO_FILE, "The parameter 'file' is required: one file of a multipart form.");
  }

  /** The file has no byte. */
  public static UploadRefusedException empty() {
    return new UploadRefusedException(
        Reason.NO_FILE, "The file is empty.", Saying.of("refused.empty"));
  }

  /** The file has more bytes than these. */
  public static UploadRefusedException tooLarge(long most) {
    return new UploadRefusedException(
        Reason.TOO_LARGE,
        "The file is too large: at most " + most + " bytes.",
        Saying.of("refused.too_large", new Saying.Size(most)));
  }

  /**
   * Parts of an upload are larger than all files that their token takes.
   *
   * @param most bytes of one file
   */
  public static UploadRefusedException partsTooLarge(long most) {
    return new UploadRefusedException(
        Reason.TOO_LARGE,
        "The parts are larger than all files of this upload token may be: at most "
            + most
            + " bytes each.",
        Saying.of("refused.too_large", new Saying.Size(most)));
  }

  /** The file is of a type that is not one of those accepted; SVG is not one of {@code image/*}. */
  static UploadRefusedException unsupported(String type, List<String> accepted) {
    boolean isExcepted = accepted.contains(type.substring(0, type.indexOf('/') + 1) + "*");
    return new UploadRefusedException(
        Reason.UNSUPPORTED_TYPE,
        "This file type ("
            + type
            + ") is not accepted. Accepted: "
            + String.join(", ", accepted)
            + (isExcepted ? ", except " + type : "")
            + ".",
        isExcepted
            ? Saying.of("refused.this_type", type)
            : Saying.of("refused.type", type, new Saying.Types(accepted)),
        type);
  }

  /** The announced and the actual bytes differ. */
  public static UploadRefusedException lie(String message) {
    return new UploadRefusedException(Reason.LIE, message);
  }

  /** One key stands for one file. */
  public static UploadRefusedException keyOfAnotherFile() {
    return new UploadRefusedException(
        Reason.KEY_OF_ANOTHER_FILE,
        "The header Idempotency-Key was used for another file: give each file a key of"
            + " its own.");
  }

  /**
   * Bytes have arrived for the upload of a key, so that its address is known to a client: another
   * could not tell that they are those of another file.
   */
  public static UploadRefusedException keyWithBytes(long there) {
    return new UploadRefusedException(
        Reason.KEY_OF_ANOTHER_FILE,
        "The upload of this Idempotency-Key has "
            + there
            + " bytes: continue at its address, or send at least as many with its creation, to be"
            + " compared. Give each file a key of its own.");
  }

  /** One upload takes one file. */
  public static UploadRefusedException tooManyFiles() {
    return new UploadRefusedException(
        Reason.TOO_MANY_FILES, "One upload has one file: send each file in a separate form.");
  }

  /** Bytes arrived again, and were those of another file. */
  public static UploadRefusedException otherFile() {
    return new UploadRefusedException(
        Reason.LIE,
        "Another file of the same name and size was sent with this upload token: these bytes differ"
            + " from its. Rename this file and try again, or give each file an identifier of its"
            + " own.",
        Saying.of("refused.other_file"));
  }

  /** The same where the other file was not whole yet: its upload has ended with this one. */
  public static UploadRefusedException otherFileOnItsWay() {
    return new UploadRefusedException(
        Reason.LIE,
        "Another file was being sent under this identifier with this upload token: bytes of the two"
            + " differ, and neither is stored. Rename this file and send it again, or give each file"
            + " an identifier of its own.",
        Saying.of("refused.other_file_now"));
  }

  /** The same where the other file goes on, as it came first. */
  public static UploadRefusedException otherFileFirst() {
    return new UploadRefusedException(
        Reason.LIE,
        "Another file of this name is being sent with this upload token by the same client: these"
            + " bytes differ from its. Send this one once that is stored; or rename it, or get"
            + " another upload token.",
        Saying.of("refused.other_file_first"));
  }

  /** The same where the other file's upload has ended, but its client may go on with it. */
  public static UploadRefusedException otherFileBefore() {
    return new UploadRefusedException(
        Reason.LIE,
        "Another file of this name was sent with this upload token by the same client, which may go"
            + " on with it: these bytes differ from its. Rename this file, or get another upload"
            + " token.",
        Saying.of("refused.other_file"));
  }

  /** Of a file in chunks whose token had too many conflicts to tell one more. */
  public static UploadRefusedException tooManyConflicts() {
    return new UploadRefusedException(
        Reason.LIE,
        "Too many files of this upload token were refused, or given up, lately: it takes no more"
            + " files in chunks for now. Send the file whole, or get another upload token.",
        Saying.of("refused.later"));
  }

  /** Of parts that can become no file any more. */
  public static UploadRefusedException deadToken() {
    return new UploadRefusedException(
        Reason.DEAD_TOKEN, "This upload token has been used up or is no longer valid.");
  }

  /** For a file for which its token's link has no room. */
  static UploadRefusedException linkFull(TokenRefusedException why) {
    return new UploadRefusedException(
        Reason.TOO_LARGE, why.getMessage(), Saying.of("refused.link_full"));
  }

  /** For an upload that its client cancelled, or for which nothing arrived for too long. */
  public static UploadRefusedException removed() {
    return new UploadRefusedException(
        Reason.REMOVED, "There is no such upload, or it has expired.");
  }

  static UploadRefusedException photoIsGone() {
    return new UploadRefusedException(Reason.PHOTO_IS_GONE, "The photo has been deleted.");
  }

  /** The visitor's message; null if the error is for the site's developer. */
  public Saying saying() {
    return saying;
  }

  /** The type of a file that is not taken for that; else empty. */
  public String type() {
    return type;
  }

  /** Why it is refused. */
  public Reason reason() {
    return reason;
  }
}
