package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of a request: those of the query on GET, those of the body on POST (urlencoded or
 * multipart), as the platform reads them. Where a name stands twice, its first value counts. Those
 * of OAuth are not among them.
 */
public final class Parameters {
  private static final int MAX_IDS = 100;

  /** Of a number, a comma and the spaces around. */
  private static final int MAX_ID_CHARS = 24;

  private final List<Map.Entry<String, String>> all;
  private final Map<String, String> first = new HashMap<>();
  private final List<Map.Entry<String, String>> signed;

  /**
   * Parameters as they came.
   *
   * @param signed those that an OAuth signature covers, beside the query's
   */
  Parameters(List<Map.Entry<String, String>> came, List<Map.Entry<String, String>> signed) {
    this.all = came.stream().filter(parameter -> !OAuthParameters.is(parameter)).toList();
    all.forEach(parameter -> first.putIfAbsent(parameter.getKey(), parameter.getValue()));
    this.signed = List.copyOf(signed);
  }

  private static Parameters unsigned(List<Map.Entry<String, String>> came) {
    return new Parameters(came, List.of());
  }

  /** Those of a request that is not answered by what it says: to tell the form of the answer. */
  public static Parameters forAnswer(HttpServletRequest request) throws IOException {
    ParameterReader reader = new ParameterReader(request);
    try {
      return reader.read();
    } catch (ApiException e) {
      return reader.soFar();
    }
  }

  /** The parameters of the query, whatever the method. */
  public static Parameters ofQuery(HttpServletRequest request) throws ApiException {
    return unsigned(UrlEncoded.decode(request.getQueryString()));
  }

  /** The same; none where the query cannot be read. */
  public static Parameters ofQueryOrNone(HttpServletRequest request) {
    try {
      return ofQuery(request);
    } catch (ApiException e) {
      return unsigned(List.of());
    }
  }

  /** The parameters that a form's fields gave. */
  public static Parameters of(List<Map.Entry<String, String>> fields) {
    return unsigned(fields);
  }

  /** The value of a parameter; empty when it is missing or has no value. */
  public Optional<String> find(String name) {
    return given(name).filter(value -> !value.isEmpty());
  }

  /** The value of a parameter that is there, be it empty; of a missing one nothing. */
  public Optional<String> given(String name) {
    return Optional.ofNullable(first.get(name));
  }

  /** The text of a parameter, empty when it is missing. */
  public String text(String name) {
    return find(name).orElse("");
  }

  /**
   * The same of a bounded length.
   *
   * @param most characters at most
   * @throws ApiException when it has more
   */
  public String text(String name, int most) throws ApiException {
    String value = text(name);
    if (value.length() > most
        && (value.length() > 2L * most || value.codePointCount(0, value.length()) > most)) {
      throw ApiException.invalid(name, "at most " + most + " characters");
    }
    return value;
  }

  /**
   * A whole number within bounds.
   *
   * @throws ApiException when the value is no such number
   */
  public int integer(String name, int fallback, int least, int most) throws ApiException {
    return number(name, least, most).map(Long::intValue).orElse(fallback);
  }

  /**
   * A whole number within bounds; empty when it is missing.
   *
   * @throws ApiException when the value is no such number
   */
  public Optional<Long> number(String name, long least, long most) throws ApiException {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value.get());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.invalid(name, "a whole number from " + least + " to " + most);
  }

  /**
   * The number of an object, such as a photo_id.
   *
   * @throws ApiException when the value is no positive whole number
   */
  public Optional<Long> id(String name) throws ApiException {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value.get());
      if (number > 0) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.invalid(name, "a number above 0");
  }

  /**
   * The numbers of objects, comma-separated, each once; empty when the parameter is missing.
   *
   * @throws ApiException when one is no positive whole number, or there are more than 100
   */
  public List<Long> ids(String name) throws ApiException {
    String[] all = text(name, MAX_IDS * MAX_ID_CHARS).split(",", -1);
    if (all.length == 1 && all[0].isBlank()) {
      return List.of();
    }
    if (all.length > MAX_IDS) {
      throw ApiException.invalid(name, "at most " + MAX_IDS + " numbers");
    }
    try {
      List<Long> ids = Stream.of(all).map(String::strip).map(Long::valueOf).distinct().toList();
      if (ids.stream().allMatch(id -> id > 0)) {
        return ids;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.invalid(name, "numbers above 0, with commas between them");
  }

  /**
   * A switch.
   *
   * @throws ApiException when the value is neither 0 nor 1
   */
  public boolean flag(String name, boolean fallback) throws ApiException {
    String value = text(name);
    return switch (value) {
      case "" -> fallback;
      case "0" -> false;
      case "1" -> true;
      default -> throw ApiException.invalid(name, "0 or 1");
    };
  }

  /** Every parameter, in the order it came. */
  public List<Map.Entry<String, String>> all() {
    return all;
  }

  /**
   * What an OAuth signature covers of the body (RFC 5849, 3.4.1.3.1), OAuth's own parameters
   * included: all of a urlencoded one, nothing of another.
   */
  List<Map.Entry<String, String>> signed() {
    return signed;
  }
}
