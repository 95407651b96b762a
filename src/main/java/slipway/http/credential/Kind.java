package slipway.http.credential;

import java.util.Locale;
import slipway.auth.Credential;

/** Which keys a credential has. */
enum Kind {
  BEARER,
  OAUTH,
  BOTH;

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
