package slipway.http.upload;

import static java.util.regex.Pattern.DOTALL;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.http.Api;
import slipway.http.Parameter;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.token.TokenPurpose;

/**
 * Which fields of an upload form a callback repeats: not those for the server or from a client
 * library, and no secret.
 */
public final class EchoedFields {
  /**
   * Fields with which people sign in, here or by OAuth (RFC 6750, 2.2), and which other methods
   * declare: a form may have them by mistake.
   */
  private static final Set<String> OF_SIGNING_IN =
      Set.of("access_token", "login_token", "password", "session_token", "upload_link");

  private static final String OF_OAUTH = "oauth_";

  /** Fields in which client libraries describe the file. */
  private static final Set<String> OF_LIBRARIES = Set.of("name", "type", "relativePath");

  /** Written exactly like this: {@code flowers} is a field of the site. */
  private static final Pattern PREFIXED =
      Pattern.compile(
          ChunkFields.DIALECTS.stream()
              .map(ChunkFields::prefix)
              .collect(Collectors.joining("|", "(", ")[A-Z].*")),
          DOTALL);

  /** Endings of the names of fields in which libraries repeat the name of the file. */
  private static final List<String> FILE_NAMES = List.of("Filename", "RelativePath");

  private static final Set<String> OF_DOORS =
      Stream.concat(
              Stream.of(TokenPurpose.values()).map(UploadParameters::ofForm).flatMap(List::stream),
              Api.SHAPE.stream())
          .map(Parameter::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> OF_TOKENS =
      Stream.of(TokenPurpose.values())
          .map(TokenPurpose::parameter)
          .collect(Collectors.toUnmodifiableSet());

  private EchoedFields() {}

  /** Whether a field of that name has a secret, which is told to nobody. */
  public static boolean isSecret(String field) {
    return OF_TOKENS.contains(field) || OF_SIGNING_IN.contains(field) || field.startsWith(OF_OAUTH);
  }

  /** Whether the callback leaves out a field of that name. */
  public static boolean is(String field) {
    return isSecret(field)
        || OF_DOORS.contains(field)
        || OF_LIBRARIES.contains(field)
        || ForeignChunk.NAMES.contains(field)
        || PREFIXED.matcher(field).matches();
  }

  /** Whether a field only has the name of the file, which is taken as it comes. */
  public static boolean isFileName(String field) {
    return OF_LIBRARIES.contains(field)
        || (PREFIXED.matcher(field).matches() && FILE_NAMES.stream().anyMatch(field::endsWith));
  }

  /** The other fields, in order; a name may appear several times, as of checkboxes. */
  public static List<Map.Entry<String, String>> others(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .filter(field -> !field.getKey().isEmpty() && !is(field.getKey()))
        .toList();
  }
}
