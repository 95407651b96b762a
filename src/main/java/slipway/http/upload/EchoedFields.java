package slipway.http.upload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.http.Api;
import slipway.http.Parameter;
import slipway.token.TokenPurpose;

/** The fields of an upload form that are for the server or from a client library. */
public final class EchoedFields {
  /** What client libraries say of the file. */
  private static final Set<String> OF_LIBRARIES = Set.of("name", "type", "relativePath");

  private static final List<String> PREFIXES_OF_LIBRARIES = List.of("resumable", "flow");

  private static final Set<String> OF_DOORS =
      Stream.concat(
              Stream.of(TokenPurpose.values()).map(UploadParameters::token),
              Stream.concat(Stream.of(UploadParameters.FILE), Api.SHAPE.stream()))
          .map(Parameter::name)
          .collect(Collectors.toUnmodifiableSet());

  private EchoedFields() {}

  /** Whether the callback leaves out a field of that name. */
  public static boolean is(String field) {
    return OF_DOORS.contains(field)
        || OF_LIBRARIES.contains(field)
        || PREFIXES_OF_LIBRARIES.stream().anyMatch(field::startsWith);
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
