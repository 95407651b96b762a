package slipway.http.user;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.Timestamps;
import slipway.photo.User;

/** A user as replies have it: the e-mail address is for the eyes of admins only. */
final class UserFields {
  private UserFields() {}

  static Map<String, String> of(User user, Caller caller) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("user_id", Long.toString(user.userId()));
    fields.put("username", user.username());
    fields.put("display_name", user.displayName());
    fields.put("creation_date_ansi", Timestamps.format(user.createdAt()));
    if (caller.level().includes(PermissionLevel.ADMIN)) {
      fields.put("email", user.email());
    }
    return fields;
  }
}
