package slipway.http.upload;

import static slipway.http.ErrorCode.ERROR_PROCESSING_UPLOAD;
import static slipway.http.ErrorCode.INVALID_INPUT;
import static slipway.http.ErrorCode.INVALID_UPLOAD_TOKEN;
import static slipway.http.ErrorCode.NO_SUCH_PHOTO;
import static slipway.http.ErrorCode.SERVER_ERROR;
import static slipway.http.ErrorCode.UPLOAD_IN_PROGRESS;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.DiskNews;
import slipway.disk.FullDisk;
import slipway.health.BusyException;
import slipway.health.Nuisance;
import slipway.health.TextTooLongException;
import slipway.health.UnavailableException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.RequestBody.ClientGoneException;
import slipway.http.limit.MemoryFullException;
import slipway.language.Saying;
import slipway.multipart.MultipartException;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.ElsewhereException;
import slipway.upload.resumable.OffsetException;

/**
 * Why an upload fails, and what follows: the one table from which every way in answers. A protocol
 * that needs other statuses derives them from the columns, not from the causes.
 */
public enum UploadFailure {
  /** The token is unknown, expired, revoked or used up, or its link has all that it takes. */
  DEAD_TOKEN(INVALID_UPLOAD_TOKEN, 404, Retry.NEVER),
  /** Uploads under way hold the last uses of the token, or the rest of its link. */
  TOKEN_IN_USE(UPLOAD_IN_PROGRESS, 503, 5),
  /** No token arrived, or an empty one. */
  NO_TOKEN(INVALID_INPUT, 400, Retry.NEVER),
  /** No file arrived, or an empty one. */
  NO_FILE(ErrorCode.NO_FILE, 400, Retry.NEVER),
  /** A form has more than one file. */
  TOO_MANY_FILES(INVALID_INPUT, 400, Retry.NEVER),
  /** The file is larger than the server or the token allows. */
  TOO_LARGE(ErrorCode.TOO_LARGE, 413, Retry.NEVER),
  /** The file's content is of a type that is not taken. */
  UNSUPPORTED_TYPE(ERROR_PROCESSING_UPLOAD, 415, Retry.NEVER),
  /** The announced and the actual bytes differ. */
  LIE(INVALID_INPUT, 400, Retry.NEVER),
  /** Its Idempotency-Key was that of another file (draft-ietf-httpapi-idempotency-key-header). */
  KEY_OF_ANOTHER_FILE(INVALID_INPUT, 422, Retry.NEVER),
  /**
   * The photo to replace, or the one made by the upload that this one repeats, has been deleted.
   */
  PHOTO_IS_GONE(NO_SUCH_PHOTO, 404, Retry.NEVER),
  /** The upload in pieces was removed meanwhile. */
  REMOVED(INVALID_INPUT, 404, Retry.NEVER),
  /** The form is not as RFC 7578 has it, or beyond its limits. */
  MALFORMED(INVALID_INPUT, 400, Retry.NEVER),
  /** A text is too long for the database, which the limits of texts should prevent. */
  TEXT_TOO_LONG(INVALID_INPUT, 400, Retry.NEVER),
  /** The bytes do not begin where those that are there end (tus 1.0.0, PATCH). */
  WRONG_OFFSET(INVALID_INPUT, 409, Retry.NEVER),
  /** Another connection is sending this upload (tus 1.0.0 has it as 423). */
  LOCKED(INVALID_INPUT, 423, 1),
  /** Another request with the same idempotency key has not ended. */
  SAME_UPLOAD_RUNS(UPLOAD_IN_PROGRESS, 503, 5),
  /** More pieces must come before this one. */
  TOO_MANY_GAPS(SERVER_ERROR, 503, 2),
  /** No room for it now. */
  NO_ROOM(SERVER_ERROR, 503, 10),
  /** Another node receives the upload, and will release it soon. */
  ELSEWHERE(SERVER_ERROR, 503, 2),
  /** As much is in progress, or held in memory, as may be at a time. */
  BUSY(SERVER_ERROR, 503, 2),
  /** The disk has only the space left that must stay free (RFC 4918, 11.5). */
  DISK_FULL(SERVER_ERROR, 507, 60),
  /** The disk or the database failed; whether it was stored may be unknown. */
  NOT_STORED(SERVER_ERROR, 503, 5),
  /** A fault of ours. */
  FAULT(SERVER_ERROR, 500, 5);

  private static final Logger LOG = LoggerFactory.getLogger(UploadFailure.class);

  /** While something is unreachable, each upload fails; this logs it once. */
  private static final Nuisance UNAVAILABLE = new Nuisance();

  private static final String LATER = "The file could not be stored; please try again later.";

  private final ErrorCode code;
  private final int status;
  private final int retrySeconds;

  UploadFailure(ErrorCode code, int status, int retrySeconds) {
    this.code = code;
    this.status = status;
    this.retrySeconds = retrySeconds;
  }

  /** Constants that an enum cannot name before its values. */
  private static final class Retry {
    static final int NEVER = 0;

    private Retry() {}
  }

  /** Its row of the table; an {@link ApiException} has none, as it contains its own answer. */
  private static UploadFailure of(Exception cause) {
    if (cause instanceof UploadRefusedException refused) {
      return of(refused.reason());
    } else if (cause instanceof UploadLaterException later) {
      return of(later.reason());
    } else if (cause instanceof TokenRefusedException refused) {
      return of(refused.reason());
    } else if (cause instanceof MultipartException) {
      return MALFORMED;
    } else if (cause instanceof TextTooLongException) {
      return TEXT_TOO_LONG;
    } else if (cause instanceof OffsetException) {
      return WRONG_OFFSET;
    } else if (cause instanceof ElsewhereException) {
      return ELSEWHERE;
    } else if (cause instanceof BusyException || cause instanceof MemoryFullException) {
      return BUSY;
    }
    if (cause instanceof UnavailableException unavailable) {
      return unavailable.isDiskFull() ? DISK_FULL : NOT_STORED;
    }
    if (cause instanceof IOException) {
      return FullDisk.isReasonOf(cause) ? DISK_FULL : NOT_STORED;
    }
    return FAULT;
  }

  private static UploadFailure of(UploadRefusedException.Reason reason) {
    return switch (reason) {
      case NO_TOKEN -> NO_TOKEN;
      case NO_FILE -> NO_FILE;
      case TOO_MANY_FILES -> TOO_MANY_FILES;
      case TOO_LARGE -> TOO_LARGE;
      case UNSUPPORTED_TYPE -> UNSUPPORTED_TYPE;
      case LIE -> LIE;
      case KEY_OF_ANOTHER_FILE -> KEY_OF_ANOTHER_FILE;
      case DEAD_TOKEN -> DEAD_TOKEN;
      case PHOTO_IS_GONE -> PHOTO_IS_GONE;
      case REMOVED -> REMOVED;
    };
  }

  private static UploadFailure of(TokenRefusedException.Reason reason) {
    return switch (reason) {
      case UNKNOWN, EXPIRED, USED_UP, LINK_USED_UP -> DEAD_TOKEN;
      case IN_USE -> TOKEN_IN_USE;
      case LINK_FULL -> TOO_LARGE;
    };
  }

  private static UploadFailure of(UploadLaterException.Reason reason) {
    return switch (reason) {
      case NO_ROOM -> NO_ROOM;
      case DISK_FULL -> DISK_FULL;
      case TOO_MANY_GAPS -> TOO_MANY_GAPS;
      case LOCKED -> LOCKED;
      case SAME_UPLOAD_RUNS -> SAME_UPLOAD_RUNS;
      case LINK_HELD -> TOKEN_IN_USE;
    };
  }

  /**
   * The error that answers a failed upload; failures of our own are logged.
   *
   * @throws ClientGoneException when the cause is one: the body broke off, which only the first
   *     filter can answer
   */
  public static ApiException error(Exception cause) throws ClientGoneException {
    if (cause instanceof ClientGoneException gone) {
      throw gone;
    }
    return cause instanceof ApiException error ? error : of(cause).answer(cause);
  }

  private ApiException answer(Exception cause) {
    if (this == BUSY) {
      return ApiException.busy().withStatus(status).withRetryAfter(retrySeconds);
    }
    boolean saysItself = saysItself(cause);
    if (!saysItself) {
      tellLog(cause);
    }
    return new ApiException(code, saysItself ? cause.getMessage() : LATER)
        .withStatus(status)
        .withRetryAfter(retrySeconds)
        .saidAs(saysItself ? VisitorWords.of(cause) : words());
  }

  private boolean saysItself(Exception cause) {
    return switch (this) {
      case NOT_STORED, FAULT -> false;
      case DISK_FULL -> cause instanceof UploadLaterException;
      default -> true;
    };
  }

  private Saying words() {
    return Saying.of(this == DISK_FULL ? "refused.no_room" : "refused.later");
  }

  /** Logs a full disk or an unreachable database once, not for each request. */
  private void tellLog(Exception cause) {
    if (this == NOT_STORED && !UNAVAILABLE.isNews(cause)) {
      LOG.debug("An upload could not be stored, as others before", cause);
    } else if (this != DISK_FULL) {
      LOG.error("An upload could not be stored", cause);
    } else if (cause instanceof IOException) {
      DiskNews.OF_FILES.full();
    }
  }
}
