package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import slipway.http.limit.MemoryFullException;
import slipway.http.limit.RequestMemory;
import slipway.multipart.MultipartException;
import slipway.multipart.MultipartReader;
import slipway.multipart.Part;

/** Reads the parameters of one request, within the bounds of their number, bytes and memory. */
final class ParameterReader {
  /** The largest body of a request without files, in bytes. */
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final MultipartReader.Limits LIMITS =
      new MultipartReader.Limits(200, 8 * 1024, MAX_BODY_BYTES, MAX_BODY_BYTES);
  private static final int PIECE = 8 * 1024;
  private static final int READ_OFF_MILLIS = 5_000;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TYPES = FORM + " or multipart/form-data";

  private final HttpServletRequest request;
  private final RequestMemory.Lease memory;
  private final ParameterList list;

  ParameterReader(HttpServletRequest request) {
    this.request = request;
    this.memory = RequestMemory.of(request);
    this.list = new ParameterList(memory);
  }

  /**
   * Reads them all.
   *
   * @throws ApiException when they are malformed, too large, of a content type not known here, or
   *     there is no memory for them now
   */
  Parameters read() throws ApiException, IOException {
    if (!request.getMethod().equals("POST")) {
      return unsigned(readQuery());
    }
    try {
      return readBody().passingOver(request);
    } catch (MemoryFullException e) {
      readOff();
      throw ApiException.busy();
    } catch (ApiException e) {
      readOff();
      throw e;
    } catch (IOException e) {
      BrokenBody.answeredAs(request, soFar());
      throw e;
    }
  }

  /**
   * The parameters read before {@link #read} failed, and then those of the query: for the format of
   * the answer.
   */
  Parameters soFar() {
    List<Map.Entry<String, String>> all = new ArrayList<>(list.all());
    all.addAll(UrlEncoded.readable(request.getQueryString()));
    return Parameters.of(all);
  }

  private List<Map.Entry<String, String>> readQuery() throws ApiException {
    try {
      UrlEncoded.decode(request.getQueryString(), list);
      return list.all();
    } catch (MemoryFullException e) {
      throw ApiException.busy();
    }
  }

  private Parameters readBody() throws ApiException, IOException {
    Optional<ApiException> coded = ContentCoding.fault(request);
    if (coded.isPresent()) {
      throw coded.get();
    }
    return switch (ContentType.mediaType(request)) {
      case FORM -> {
        readUrlEncoded();
        yield new Parameters(list.all(), list.all());
      }
      case "multipart/form-data" -> {
        readMultipart();
        yield unsigned(list.all());
      }
      case "" -> {
        if (hasBody()) {
          throw new ApiException(
              ErrorCode.INVALID_INPUT, "The header Content-Type is required: " + TYPES + ".");
        }
        yield unsigned(List.of());
      }
      case "application/json" ->
          throw new ApiException(
              ErrorCode.INVALID_INPUT,
              "JSON bodies are not accepted: send the parameters as "
                  + TYPES
                  + ". format=json is for the reply.");
      default ->
          throw new ApiException(
              ErrorCode.INVALID_INPUT, "The header Content-Type must be " + TYPES + ".");
    };
  }

  /** If the length of a body is unknown, its first byte tells whether there is one. */
  private boolean hasBody() throws IOException {
    long length = request.getContentLengthLong();
    return length > 0 || (length < 0 && request.getInputStream().read() >= 0);
  }

  private static Parameters unsigned(List<Map.Entry<String, String>> came) {
    return new Parameters(came, List.of());
  }

  /** Whether a body may follow the head whose parameters an OAuth signature covers. */
  static boolean mayHaveForm(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        && ContentType.mediaType(request).equals(FORM)
        && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
  }

  private void readUrlEncoded() throws ApiException, IOException {
    checkLength();
    UrlEncoded form = new UrlEncoded(list);
    long length = request.getContentLengthLong();
    byte[] piece = new byte[length > 0 && length < PIECE ? (int) length : PIECE];
    int total = 0;
    InputStream in = request.getInputStream();
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      total += count;
      if (total > MAX_BODY_BYTES) {
        throw tooLarge();
      }
      memory.takeBody(count);
      form.read(piece, count);
    }
    form.end();
  }

  /** One that says it is too long will never fit, however much memory there is later. */
  private void checkLength() throws ApiException {
    if (request.getContentLengthLong() > MAX_BODY_BYTES) {
      throw tooLarge();
    }
  }

  private static ApiException tooLarge() {
    return new ApiException(
        ErrorCode.TOO_LARGE, "The body is too large: at most " + MAX_BODY_BYTES + " bytes.");
  }

  private void readMultipart() throws ApiException, IOException {
    checkLength();
    try {
      MultipartReader parts =
          new MultipartReader(new FormBody(request, bounded()), LIMITS, memory::takeBody);
      String garbled = null;
      for (Part part = parts.next(); part != null; part = parts.next()) {
        if (!part.isFile()) {
          list.add(part.name(), part.text());
          garbled = part.isGarbled() && garbled == null ? part.name() : garbled;
        }
      }
      if (garbled != null) {
        throw ApiException.invalid(garbled, "valid UTF-8, or valid in the charset it names");
      }
    } catch (MultipartException e) {
      throw new ApiException(ErrorCode.INVALID_INPUT, e.getMessage());
    }
  }

  /** Reading ends at the limit if a body without a length is longer. */
  private InputStream bounded() throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(request.getInputStream())
        .setMaxCount(MAX_BODY_BYTES)
        .get();
  }

  /** A sender may not read its answer before it has sent everything. */
  private void readOff() {
    try {
      new RequestBody(request.getInputStream()).drain(2 * MAX_BODY_BYTES, READ_OFF_MILLIS);
    } catch (IOException e) {
      // The sender is gone.
    }
  }
}
