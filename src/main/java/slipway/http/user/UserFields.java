package slipway.http.user;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.ApiCall;
import slipway.http.Reply;
import slipway.http.Timestamps;
import slipway.photo.user.User;

/** The fields of a user in replies: only admins see the e-mail address. */
final class UserFields {
  private static final String ABOUT = "about_abstract";

  private UserFields() {}

  /** All fields, for a reply about one user. */
  static Map<String, String> of(User user, ApiCall call) {
    Map<String, String> fields = attributes(user, call);
    fields.putAll(texts());
    return fields;
  }

  /** A user of a list. */
  static Reply.Item item(User user, ApiCall call) {
    return new Reply.Item("user", attributes(user, call), texts());
  }

  private static Map<String, String> attributes(User user, ApiCall call) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("user_id", Long.toString(user.userId()));
    fields.put("username", user.username());
    fields.put("display_name", user.displayName());
    fields.put("url", call.site().userUrl(user.userId()));
    fields.put("full_name", user.displayName());
    fields.put("timezone", user.timezone());
    fields.put("site_admin", user.siteAdmin() ? "t" : "f");
    fields.put("creation_date_ansi", Timestamps.format(user.createdAt()));
    if (call.caller().level().includes(PermissionLevel.ADMIN)) {
      fields.put("email", user.email());
      fields.put("notify", user.notified() ? "1" : "0");
    }
    return fields;
  }

  /** Users have no description here. */
  private static Map<String, String> texts() {
    return Map.of(ABOUT, "");
  }
}
