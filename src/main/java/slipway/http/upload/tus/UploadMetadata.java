package slipway.http.upload.tus;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.http.upload.EchoedFields;
import slipway.http.upload.UploadParameters;

/**
 * What a client says of its file in the header {@code Upload-Metadata} (tus 1.0.0, "Creation"):
 * comma-separated pairs of a key and, after a space, a value in base64.
 */
final class UploadMetadata {
  private static final String TOKEN = UploadParameters.UPLOAD_TOKEN.name();

  /** The length that is kept of an upload's metadata until it is finished. */
  private static final int MAX_CHARS = 8192;

  private static final int MOST = 1000;

  /** The characters between the commas and spaces of the header, in ASCII. */
  private static final Pattern KEY = Pattern.compile("[!-~]+");

  /**
   * The key for the fields of a page's form, urlencoded, as keys are restricted in their characters
   * and cannot repeat.
   */
  private static final String FORM_FIELDS = "form_fields";

  /** The key for how many fields of the form the page left out for lack of room. */
  private static final String OMITTED = "form_fields_omitted";

  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  private static final String FILENAME = "filename";

  /**
   * The keys of tus and our own; whatever is not repeated of a form is not repeated here, either.
   */
  private static final Set<String> NOT_ECHOED = Set.of(FILENAME, "filetype", FORM_FIELDS, OMITTED);

  private final Map<String, String> values;
  private final List<Map.Entry<String, String>> form;

  private UploadMetadata(Map<String, String> values, List<Map.Entry<String, String>> form) {
    this.values = values;
    this.form = form;
  }

  /**
   * Reads the header; null is an empty one.
   *
   * @throws ApiException when it is malformed, has a value that is not UTF-8, except for the name
   *     of the file, or more than 1,000 keys
   */
  static UploadMetadata parse(String header) throws ApiException {
    Map<String, String> values = new LinkedHashMap<>();
    String text = header == null ? "" : header.strip();
    if (text.length() > MAX_CHARS) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header Upload-Metadata must have at most " + MAX_CHARS + " characters.");
    }
    if (text.chars().filter(c -> c == ',').count() >= MOST) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "The header Upload-Metadata has too many keys: at most " + MOST + " are allowed.");
    }
    for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      String value = parts.length == 1 ? "" : decode(parts[0], parts[1].strip());
      if (!KEY.matcher(parts[0]).matches() || values.put(parts[0], value) != null) {
        throw malformed();
      }
    }
    if (!COUNT.matcher(values.getOrDefault(OMITTED, "0")).matches()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The key " + OMITTED + " of the header Upload-Metadata must be a number up to 999999.");
    }
    return new UploadMetadata(values, form(values.get(FORM_FIELDS)));
  }

  /**
   * The header as a client would send it that has these fields of a form; empty for none.
   *
   * @throws ApiException when they are too long for it
   */
  static String ofForm(List<Map.Entry<String, String>> fields) throws ApiException {
    if (fields.isEmpty()) {
      return "";
    }
    String header = FORM_FIELDS + " " + encode(urlencoded(fields));
    if (header.length() > MAX_CHARS) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "The fields of a form that announces chunks are too long: at most "
              + MAX_CHARS * 3 / 4
              + " characters, urlencoded, are allowed.");
    }
    return header;
  }

  private static String urlencoded(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(field -> urlencoded(field.getKey()) + "=" + urlencoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String urlencoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Map.Entry<String, String>> form(String urlencoded) throws ApiException {
    try {
      return Parameters.decode(urlencoded);
    } catch (ApiException e) {
      throw new ApiException(
          e.code(),
          "The key " + FORM_FIELDS + " of the header Upload-Metadata must be a urlencoded form.");
    }
  }

  private static String decode(String key, String base64) throws ApiException {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return isFileName(key)
          ? new String(bytes, StandardCharsets.UTF_8)
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException e) {
      throw malformed();
    } catch (CharacterCodingException e) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The key " + key + " of the header Upload-Metadata must be UTF-8 in base64.");
    }
  }

  /** The name of the file is taken as it comes, as an odd one must not stop an upload. */
  private static boolean isFileName(String key) {
    return key.equals(FILENAME) || EchoedFields.isFileName(key);
  }

  private static ApiException malformed() {
    return new ApiException(
        ErrorCode.INVALID_INPUT,
        "The header Upload-Metadata must be comma-separated pairs of a key in visible"
            + " ASCII, each once, and a base64 value.");
  }

  /** The upload token; empty when there is none. */
  String token() {
    return values.getOrDefault(TOKEN, "").strip();
  }

  /** The name of the file; empty when there is none. */
  String filename() {
    return values.getOrDefault(FILENAME, values.getOrDefault("name", ""));
  }

  /**
   * The header without the upload token and other secrets, also among the fields of a form: they
   * must not be revealed to everyone who has the upload's address.
   */
  String header() {
    return values.entrySet().stream()
        .filter(entry -> !EchoedFields.isSecret(entry.getKey()))
        .map(entry -> entry.getKey() + " " + encode(told(entry)))
        .map(String::strip)
        .collect(Collectors.joining(","));
  }

  private String told(Map.Entry<String, String> entry) {
    boolean hasSecrets =
        entry.getKey().equals(FORM_FIELDS)
            && form.stream().anyMatch(field -> EchoedFields.isSecret(field.getKey()));
    return hasSecrets
        ? urlencoded(form.stream().filter(field -> !EchoedFields.isSecret(field.getKey())).toList())
        : entry.getValue();
  }

  private static String encode(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The fields that the callback repeats: everything that the site's own page has added. */
  List<Map.Entry<String, String>> echoed() {
    Stream<Map.Entry<String, String>> said =
        values.entrySet().stream().filter(entry -> !NOT_ECHOED.contains(entry.getKey()));
    Stream<Map.Entry<String, String>> fields =
        form.stream().filter(field -> !isSaid(field.getKey()));
    return EchoedFields.others(Stream.concat(said, fields).toList());
  }

  /** How many fields of the form are not among them, as there was no room in the header. */
  int omitted() {
    return Integer.parseInt(values.getOrDefault(OMITTED, "0"));
  }

  /** Whether the header has that key already. */
  private boolean isSaid(String field) {
    return values.containsKey(field) && !NOT_ECHOED.contains(field);
  }
}
