package slipway.http.upload.dialect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import slipway.http.FileIdentifier;
import slipway.http.Parameters;

/**
 * A request that may carry a chunk.
 *
 * @param fields those of its form, then those of its query; the first if a name repeats
 * @param request has the headers
 * @param filename that of the file in its form; empty for none
 * @param size bytes of the file that arrived; empty while that is not known
 */
record ForeignRequest(
    Map<String, String> fields, HttpServletRequest request, String filename, OptionalLong size) {
  /** Characters of what identifies a file, to which some words of ours may be added. */
  private static final int MOST_NAME = FileIdentifier.MOST - 64;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  /** The pattern of a value that is meant as a number, valid or not. */
  private static final Pattern MEANT = Pattern.compile("\\s*[+-]?[0-9].*", Pattern.DOTALL);

  static ForeignRequest of(
      Parameters form, HttpServletRequest request, String filename, OptionalLong size) {
    Map<String, String> fields = new HashMap<>();
    form.all().forEach(each -> fields.putIfAbsent(each.getKey(), each.getValue()));
    if (request.getQueryString() != null) {
      Parameters.ofReadableQuery(request)
          .all()
          .forEach(each -> fields.putIfAbsent(each.getKey(), each.getValue()));
    }
    return new ForeignRequest(fields, request, filename, size);
  }

  /** Whether it has a field that is not empty. */
  boolean has(String name) {
    return !fields.getOrDefault(name, "").isEmpty();
  }

  /** A field; empty for none. */
  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * A field that describes which file a chunk is of.
   *
   * @throws NotUnderstoodException when it is missing, or too long
   */
  String required(String name) throws NotUnderstoodException {
    if (!has(name)) {
      throw new NotUnderstoodException("The parameter '" + name + "' is required with a chunk.");
    }
    return identifying("The parameter '" + name + "'", text(name));
  }

  /**
   * What tells of which file a chunk is.
   *
   * @param source where it is from, as the beginning of a sentence
   * @throws NotUnderstoodException when it is too long
   */
  static String identifying(String source, String text) throws NotUnderstoodException {
    if (text.length() > MOST_NAME) {
      throw new NotUnderstoodException(
          source + " must have at most " + MOST_NAME + " characters with a chunk.");
    }
    return text;
  }

  /** Whether a field is a whole number from 0. */
  boolean isNumber(String name) {
    String value = text(name);
    return !value.isEmpty() && NUMBER.matcher(value.strip()).matches();
  }

  /**
   * Whether a field is meant as a number, even one that {@link #number} refuses, such as {@code
   * -1}.
   */
  boolean isMeantForNumber(String name) {
    return MEANT.matcher(text(name)).matches();
  }

  /**
   * A field with a number.
   *
   * @throws NotUnderstoodException when it is missing, or no whole number from 0
   */
  long number(String name) throws NotUnderstoodException {
    if (!isNumber(name)) {
      throw new NotUnderstoodException(
          "The parameter '" + name + "' must be a whole number: it describes a chunk.");
    }
    return Long.parseLong(text(name).strip());
  }
}
