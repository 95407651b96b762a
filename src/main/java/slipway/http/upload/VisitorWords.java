package slipway.http.upload;

import java.util.Locale;
import slipway.language.Saying;
import slipway.multipart.MultipartException;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.ElsewhereException;

/** The message for a visitor about a failed upload. */
final class VisitorWords {
  private VisitorWords() {}

  /** The message; null if the error is for the site's developer. */
  static Saying of(Exception cause) {
    if (cause instanceof UploadRefusedException refused) {
      return refused.saying();
    } else if (cause instanceof UploadLaterException later) {
      return later.saying();
    } else if (cause instanceof TokenRefusedException refused) {
      return Saying.of("refused." + refused.reason().name().toLowerCase(Locale.ROOT));
    }
    if (cause instanceof ElsewhereException) {
      return Saying.of("refused.elsewhere");
    }
    return cause instanceof MultipartException form ? of(form) : null;
  }

  private static Saying of(MultipartException form) {
    return switch (form.problem()) {
      case TOO_MANY_PARTS -> Saying.of("refused.fields_many", form.limit());
      case FIELD_TOO_LARGE, FORM_TOO_LARGE, HEADERS_TOO_LARGE ->
          Saying.of("refused.fields_long", new Saying.Size(form.limit()));
      case NOT_MULTIPART, MALFORMED -> null;
    };
  }
}
