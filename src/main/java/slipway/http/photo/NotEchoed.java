package slipway.http.photo;

import java.util.Set;

/** The fields of an upload form that are for the server or from a client library. */
public final class NotEchoed {
  private static final Set<String> NAMES = Set.of("format", "name", "type", "relativePath");

  private NotEchoed() {}

  /** Whether the callback leaves out a field of that name. */
  public static boolean is(String field) {
    return NAMES.contains(field) || field.startsWith("resumable") || field.startsWith("flow");
  }
}
