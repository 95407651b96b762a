package slipway.http.uploadtoken;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.token.KeptToken;
import slipway.token.TokenState;
import slipway.token.UploadToken;

/** The fields of a token in replies. */
final class TokenFields {
  private TokenFields() {}

  /** The usage of a token, which its holder may know. */
  static Map<String, String> of(KeptToken kept, TokenState state) {
    UploadToken token = kept.token();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token.id());
    fields.put("state", state.id());
    fields.put("max_uploads", Integer.toString(token.maxUploads()));
    int left = state == TokenState.VALID ? kept.usesFree() : 0;
    fields.put("uploads_left", Integer.toString(left));
    fields.put("uploads_in_progress", Integer.toString(kept.inProgress()));
    fields.put("valid_until", Long.toString(token.validUntil().getEpochSecond()));
    return fields;
  }

  /** The same, with what its issuer set. */
  static Map<String, String> forIssuer(KeptToken kept, TokenState state) {
    UploadToken token = kept.token();
    Map<String, String> fields = of(kept, state);
    fields.put("issued_at", Long.toString(kept.issuedAt().getEpochSecond()));
    fields.put("credential_id", text(token.issuer().credentialId()));
    fields.put("user_id", text(token.details().userId()));
    fields.put("photo_id", text(token.replaces()));
    fields.put("title", token.details().title());
    fields.put("return_url", token.returnTo().url());
    return fields;
  }

  private static String text(Long number) {
    return number == null ? "" : number.toString();
  }
}
