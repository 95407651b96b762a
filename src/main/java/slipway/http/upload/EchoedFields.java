package slipway.http.upload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of an upload form that are for the server or from a client library. */
public final class EchoedFields {
  private static final Set<String> NAMES =
      Set.of("upload_token", "format", "name", "type", "relativePath");

  private EchoedFields() {}

  /** Whether the callback leaves out a field of that name. */
  public static boolean is(String field) {
    return NAMES.contains(field) || field.startsWith("resumable") || field.startsWith("flow");
  }

  /** The other fields, each with its first value. */
  public static Map<String, String> others(List<Map.Entry<String, String>> fields) {
    Map<String, String> others = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields) {
      if (!field.getKey().isEmpty() && !is(field.getKey())) {
        others.putIfAbsent(field.getKey(), field.getValue());
      }
    }
    return others;
  }
}
