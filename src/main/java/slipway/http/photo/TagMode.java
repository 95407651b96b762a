package slipway.http.photo;

import java.util.Locale;

/** Whether photos must have all of the requested tags, or any. */
enum TagMode {
  AND,
  ALL,
  ANY,
  OR;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isEvery() {
    return this == AND || this == ALL;
  }
}
