package slipway.multipart;

import static slipway.multipart.MultipartException.malformed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.RequestContext;
import slipway.multipart.MultipartException.Problem;

/**
 * Reads a {@code multipart/form-data} body (RFC 7578, RFC 2046 §5.1) part by part, as a stream: its
 * memory is one buffer of at most 64 KiB, whatever the size of the body.
 *
 * <p>Content types and part headers are read by Commons FileUpload; headers are UTF-8. A part is
 * known by its {@code name}, whatever the type of its Content-Disposition. A preamble of up to 8
 * KiB and an epilogue are ignored, and so is white space after a boundary. Line ends are CRLF,
 * nothing else. A nested {@code multipart/mixed} (RFC 7578 §4.3) is one part with that content
 * type. The limits count one body; how long a body may be in all is for the stream it is read from.
 *
 * <p>Not for use by several threads at a time.
 */
public final class MultipartReader {
  /**
   * What one body may hold.
   *
   * @param maxParts how many parts
   * @param maxPartHeaderBytes how many bytes the headers of one part, its empty line included
   * @param maxFieldBytes how many bytes a part that is requested as {@link Part#text()}
   * @param maxFormBytes how many bytes all of these parts together, their names included
   */
  public record Limits(int maxParts, int maxPartHeaderBytes, int maxFieldBytes, int maxFormBytes) {}

  /** Long enough for the note to old mail readers that a preamble is (RFC 2046 §5.1.1). */
  private static final int MAX_PREAMBLE = 8 * 1024;

  private static final int MAX_EPILOGUE = 64 * 1024;

  private static final FormDataSyntax SYNTAX = new FormDataSyntax();

  private static final Pattern TYPE_END = Pattern.compile("[;,]");

  /** Before other characters, a backslash is part of a path, as old browsers send it. */
  private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\([\"\\\\])");

  private final Limits limits;
  private final Delimiter delimiter;
  private final DelimitedInput input;
  private final IntConsumer memory;
  private int formBytes;
  private int parts;
  private Part current;
  private boolean begun;
  private boolean ended;

  /**
   * Reads nothing of the body yet.
   *
   * @throws MultipartException when the content type is not {@code multipart/form-data} with a
   *     boundary of 1 to 70 printable ASCII characters
   */
  public MultipartReader(RequestContext request, Limits limits) throws IOException {
    this(request, limits, bytes -> {});
  }

  /**
   * Reads nothing of the body yet.
   *
   * @param memory told how many bytes of a field are to be held, before they are; what it throws
   *     ends the reading
   * @throws MultipartException as the other constructor
   */
  public MultipartReader(RequestContext request, Limits limits, IntConsumer memory)
      throws IOException {
    this.limits = limits;
    this.memory = memory;
    this.delimiter = new Delimiter(boundary(request.getContentType()));
    this.input = new DelimitedInput(request.getInputStream(), delimiter);
  }

  /**
   * The next part, or null after the final boundary. What was not read of the part before is
   * skipped, and that part can no longer be read.
   *
   * @throws MultipartException when the body is malformed or exceeds a limit
   */
  public Part next() throws IOException {
    if (ended) {
      return null;
    }
    current = null;
    if (begun) {
      input.closeBody();
    } else {
      begun = true;
      skipPreamble();
    }
    ended = !partFollows();
    if (ended) {
      skipEpilogue();
      return null;
    }
    if (++parts > limits.maxParts()) {
      throw new MultipartException(
          Problem.TOO_MANY_PARTS,
          limits.maxParts(),
          "The body has too many parts: at most " + limits.maxParts() + " are allowed.");
    }
    current = part(readHeaders());
    input.openBody();
    return current;
  }

  private void skipPreamble() throws IOException {
    input.openBody();
    if (!input.skipBody(MAX_PREAMBLE)) {
      throw malformed(
          "The first boundary does not come within "
              + MAX_PREAMBLE
              + " bytes: the boundary is not the one its Content-Type names, or what stands before"
              + " it is too long.");
    }
  }

  private void skipEpilogue() throws IOException {
    if (!input.skipEpilogue(MAX_EPILOGUE)) {
      throw malformed("More than " + MAX_EPILOGUE + " bytes follow the final boundary.");
    }
  }

  DelimitedInput inputFor(Part part) {
    if (part != current) {
      throw new IllegalStateException("The reader has moved on from part '" + part.name() + "'");
    }
    return input;
  }

  Limits limits() {
    return limits;
  }

  /** Makes room for bytes that a field's text holds. */
  void hold(int bytes) throws MultipartException {
    if (bytes > limits.maxFormBytes() - formBytes) {
      throw new MultipartException(
          Problem.FORM_TOO_LARGE,
          limits.maxFormBytes(),
          "The fields are too long: together, with their names, at most "
              + limits.maxFormBytes()
              + " bytes are allowed.");
    }
    formBytes += bytes;
    memory.accept(bytes);
  }

  private static byte[] boundary(String contentType) throws MultipartException {
    if (contentType == null || !isFormData(contentType)) {
      throw new MultipartException(
          Problem.NOT_MULTIPART, "The Content-Type must be multipart/form-data with a boundary.");
    }
    byte[] boundary = SYNTAX.getBoundary(contentType);
    if (boundary == null || boundary.length > Delimiter.MAX_BOUNDARY || !isPrintable(boundary)) {
      throw new MultipartException(
          Problem.NOT_MULTIPART,
          "The Content-Type's boundary must be 1 to "
              + Delimiter.MAX_BOUNDARY
              + " printable ASCII characters.");
    }
    return boundary;
  }

  private static boolean isFormData(String contentType) {
    String type = TYPE_END.split(contentType, 2)[0].strip();
    return type.toLowerCase(Locale.ROOT).equals(FormDataSyntax.MULTIPART_FORM_DATA);
  }

  private static boolean isPrintable(byte[] boundary) {
    for (byte b : boundary) {
      if (b < ' ' || b == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Reads the rest of a boundary line: whether a part follows it. */
  private boolean partFollows() throws IOException {
    byte b = input.readByte();
    if (b == '-' && input.readByte() == '-') {
      return false;
    }
    while (b == ' ' || b == '\t') {
      b = input.readByte();
    }
    if (b == '\r' && input.readByte() == '\n') {
      return true;
    }
    throw malformed(
        "After a boundary must come CRLF, or -- after the final one; line ends of LF alone, or"
            + " other text, are not valid.");
  }

  /** Reads a part's headers up to its empty line; they begin with the CRLF before them. */
  private byte[] readHeaders() throws IOException {
    var headers = new ByteArrayOutputStream(256);
    headers.write('\r');
    headers.write('\n');
    boolean emptyLine = false;
    while (!emptyLine) {
      boolean lineStart = true;
      byte b = readHeaderByte(headers);
      while (b != '\r' && b != '\n') {
        lineStart = false;
        b = readHeaderByte(headers);
      }
      if (b == '\n' || readHeaderByte(headers) != '\n') {
        throw malformed("The lines of the headers of part " + parts + " must end with CRLF.");
      }
      emptyLine = lineStart;
    }
    return headers.toByteArray();
  }

  private byte readHeaderByte(ByteArrayOutputStream headers) throws IOException {
    if (headers.size() - 2 >= limits.maxPartHeaderBytes()) {
      throw new MultipartException(
          Problem.HEADERS_TOO_LARGE,
          limits.maxPartHeaderBytes(),
          "The headers of part "
              + parts
              + " are too large: at most "
              + limits.maxPartHeaderBytes()
              + " bytes are allowed, ended by an empty line.");
    }
    byte b = input.readByte();
    headers.write(b);
    return b;
  }

  /** Without the backslashes of quoted pairs (RFC 9110, 5.6.4), which the library leaves there. */
  private static String unquoted(String text) {
    return text == null ? null : QUOTED_PAIR.matcher(text).replaceAll("$1");
  }

  private Part part(byte[] headerBytes) throws MultipartException {
    if (delimiter.find(headerBytes, 0, headerBytes.length) >= 0) {
      throw malformed("The headers of part " + parts + " must be ended by an empty line.");
    }
    String text = new String(headerBytes, 2, headerBytes.length - 2, StandardCharsets.UTF_8);
    FileItemHeaders headers;
    String name;
    String filename;
    try {
      headers = SYNTAX.getParsedHeaders(text);
      name = SYNTAX.getFieldName(headers);
      filename = SYNTAX.getFileName(headers);
    } catch (RuntimeException e) { // what the library's decoders of names throw at bad escapes
      throw malformed("The headers of part " + parts + " cannot be read: " + e.getMessage());
    }
    if (name == null) {
      throw malformed(
          "Part "
              + parts
              + " has no name: each part needs Content-Disposition: form-data; name=\"...\".");
    }
    boolean garbled = Part.isGarbled(name, StandardCharsets.UTF_8, headerBytes);
    String type = headers.getHeader(FormDataSyntax.CONTENT_TYPE);
    return new Part(this, unquoted(name), unquoted(filename), type, garbled);
  }
}
