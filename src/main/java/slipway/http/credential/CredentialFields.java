package slipway.http.credential;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.Credential;

/** A credential as replies show it: nothing of it is secret. */
final class CredentialFields {
  private CredentialFields() {}

  static Map<String, String> of(Credential credential) {
    Credential.Grant grant = credential.grant();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("credential_id", Long.toString(credential.credentialId()));
    fields.put("name", grant.name());
    fields.put("level", grant.level().id());
    fields.put("user_id", grant.userId() == null ? "" : grant.userId().toString());
    fields.put("kind", Kind.of(credential).id());
    fields.put("consumer_key", credential.consumerKey() == null ? "" : credential.consumerKey());
    fields.put("pingback_url", grant.pingbackUrl());
    fields.put("created", Long.toString(credential.createdAt().getEpochSecond()));
    return fields;
  }
}
