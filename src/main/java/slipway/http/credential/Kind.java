package slipway.http.credential;

import java.util.Locale;
import slipway.auth.Credential;
import slipway.http.ApiException;
import slipway.http.Parameters;

/** Which keys a credential has. */
enum Kind {
  BEARER,
  OAUTH,
  BOTH;

  /** What the parameter {@code kind} asks for. */
  static Kind of(Parameters parameters) throws ApiException {
    return switch (parameters.text("kind")) {
      case "", "bearer" -> BEARER;
      case "oauth" -> OAUTH;
      case "both" -> BOTH;
      default -> throw ApiException.invalid("kind", "bearer, oauth or both");
    };
  }

  static Kind of(Credential credential) {
    if (credential.consumerKey() == null) {
      return BEARER;
    }
    return credential.bearer() ? BOTH : OAUTH;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
