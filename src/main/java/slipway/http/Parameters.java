package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;
import org.apache.commons.io.input.BoundedInputStream;
import slipway.upload.MultipartException;
import slipway.upload.MultipartReader;
import slipway.upload.Part;

/**
 * The parameters of a request: those of the query on GET, those of the body on POST (urlencoded or
 * multipart), as the platform reads them. Where a name stands twice, its first value counts. Those
 * of OAuth are not among them.
 */
public final class Parameters {
  /** The largest body of a request without files, in bytes. */
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final int MAX_IDS = 100;
  private static final MultipartReader.Limits LIMITS =
      new MultipartReader.Limits(200, 8 * 1024, MAX_BODY_BYTES);

  private final List<Map.Entry<String, String>> all;
  private final Map<String, String> first = new HashMap<>();
  private final List<Map.Entry<String, String>> signed;

  private Parameters(List<Map.Entry<String, String>> came, List<Map.Entry<String, String>> signed) {
    this.all = came.stream().filter(parameter -> !OAuthParameters.is(parameter)).toList();
    all.forEach(parameter -> first.putIfAbsent(parameter.getKey(), parameter.getValue()));
    this.signed = List.copyOf(signed);
  }

  private static Parameters unsigned(List<Map.Entry<String, String>> came) {
    return new Parameters(came, List.of());
  }

  /**
   * Reads the parameters of a request.
   *
   * @throws ApiException when they are malformed, too large, or of a content type not known here
   */
  public static Parameters of(HttpServletRequest request) throws ApiException, IOException {
    if (!request.getMethod().equals("POST")) {
      return ofQuery(request);
    }
    return switch (mediaType(request)) {
      case "application/x-www-form-urlencoded" -> {
        List<Map.Entry<String, String>> form = UrlEncoded.decode(body(request));
        yield new Parameters(form, form);
      }
      case "multipart/form-data" -> unsigned(multipart(request));
      case "" -> unsigned(List.of());
      default ->
          throw new ApiException(
              ErrorCode.INVALID_INPUT,
              "The content type must be application/x-www-form-urlencoded or multipart/form-data.");
    };
  }

  /** The parameters of the query, whatever the method. */
  public static Parameters ofQuery(HttpServletRequest request) throws ApiException {
    return unsigned(UrlEncoded.decode(request.getQueryString()));
  }

  /** The parameters that a form's fields gave. */
  public static Parameters of(List<Map.Entry<String, String>> fields) {
    return unsigned(fields);
  }

  private static String mediaType(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static String body(HttpServletRequest request) throws ApiException, IOException {
    try (InputStream in = request.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
      if (bytes.length > MAX_BODY_BYTES) {
        throw tooLarge();
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static ApiException tooLarge() {
    return new ApiException(
        ErrorCode.TOO_LARGE, "The body is too large: at most " + MAX_BODY_BYTES + " bytes.");
  }

  private static List<Map.Entry<String, String>> multipart(HttpServletRequest request)
      throws ApiException, IOException {
    if (request.getContentLengthLong() > MAX_BODY_BYTES) {
      throw tooLarge();
    }
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    try {
      MultipartReader parts = new MultipartReader(new Bounded(request), LIMITS);
      for (Part part = parts.next(); part != null; part = parts.next()) {
        if (!part.isFile()) {
          fields.add(Map.entry(part.name(), part.text()));
        }
      }
    } catch (MultipartException e) {
      throw new ApiException(ErrorCode.INVALID_INPUT, e.getMessage());
    }
    return fields;
  }

  /** A body of fields: it ends at the limit, where one without a length is longer. */
  private static final class Bounded extends JakartaServletRequestContext {
    private final HttpServletRequest request;

    Bounded(HttpServletRequest request) {
      super(request);
      this.request = request;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return BoundedInputStream.builder()
          .setInputStream(request.getInputStream())
          .setMaxCount(MAX_BODY_BYTES)
          .get();
    }
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
    String[] all = text(name).split(",", -1);
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
