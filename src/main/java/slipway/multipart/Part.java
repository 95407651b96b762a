package slipway.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.ParameterParser;
import slipway.multipart.MultipartException.Problem;

/**
 * One part of a multipart body: a plain field or a file. Its body can be read until {@link
 * MultipartReader#next()} is called, once; later reading throws {@link IllegalStateException}.
 */
public final class Part {
  /** What stands for bytes that are not of the charset. */
  private static final char REPLACEMENT = '\uFFFD';

  /** A half of a character outside of the first plane, alone, which some charsets can hold. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private final MultipartReader reader;
  private final String name;
  private final String filename;
  private final String contentType;
  private boolean taken;
  private boolean garbled;

  /**
   * A part.
   *
   * @param garbled whether its name is not UTF-8
   */
  Part(MultipartReader reader, String name, String filename, String contentType, boolean garbled) {
    this.reader = reader;
    this.name = name;
    this.filename = filename;
    this.contentType = contentType;
    this.garbled = garbled;
  }

  /** The field's name, not empty; several parts may have the same. */
  public String name() {
    return name;
  }

  /**
   * The file's name as the sender gave it, or null for a plain field. It is data, never a path: it
   * may hold separators, quotes and control characters, and U+FFFD for what is not UTF-8. It is
   * empty where a browser sends a file input without a file. Browsers write a double quote as
   * {@code %22}, which stays so, as it cannot be told from a name that holds {@code %22}.
   */
  public String filename() {
    return filename;
  }

  /** The Content-Type as the sender gave it, or null. */
  public String contentType() {
    return contentType;
  }

  /** Whether the part has a file name, even if empty. */
  public boolean isFile() {
    return filename != null;
  }

  /**
   * The whole body as text, in the charset the part's Content-Type names, else UTF-8; what is not
   * of the charset becomes U+FFFD.
   *
   * @throws MultipartException when it is longer than {@link
   *     MultipartReader.Limits#maxFieldBytes()}, all fields together than {@link
   *     MultipartReader.Limits#maxFormBytes()}, or its charset is unknown
   */
  public String text() throws IOException {
    Charset charset = charset();
    DelimitedInput input = take();
    int limit = reader.limits().maxFieldBytes();
    reader.hold(name.length());
    var text = new ByteArrayOutputStream(256);
    byte[] piece = new byte[1024];
    int count = input.readBody(piece, 0, piece.length);
    while (count >= 0) {
      if (count > limit - text.size()) {
        throw new MultipartException(
            Problem.FIELD_TOO_LARGE,
            limit,
            "The field '" + name + "' is too long: at most " + limit + " bytes are allowed.");
      }
      reader.hold(count);
      text.write(piece, 0, count);
      count = input.readBody(piece, 0, piece.length);
    }
    String read = text.toString(charset);
    garbled |= isGarbled(read, charset, text.toByteArray());
    return read;
  }

  /**
   * Whether the name is not UTF-8, or the body that {@link #text} read is not of its charset. The
   * file's name counts for nothing here: an odd one must not stop an upload.
   */
  public boolean isGarbled() {
    return garbled;
  }

  /** Whether a text has replacements for bytes that are not of that charset, or is no Unicode. */
  static boolean isGarbled(String text, Charset charset, byte[] bytes) {
    return (text.indexOf(REPLACEMENT) >= 0 && !isOf(charset, bytes)) || HALF.matcher(text).find();
  }

  private static boolean isOf(Charset charset, byte[] bytes) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * Writes the whole body to a blocking channel, which is handed slices of the read buffer and must
   * neither change nor keep them.
   *
   * @return how many bytes
   */
  public long copyTo(WritableByteChannel out) throws IOException {
    return take().copyBody(out);
  }

  /** The body as a stream; closing it does nothing. */
  public InputStream body() throws IOException {
    take();
    return new Body();
  }

  private DelimitedInput take() {
    DelimitedInput input = reader.inputFor(this);
    if (taken) {
      throw new IllegalStateException("The body of part '" + name + "' was already read");
    }
    taken = true;
    return input;
  }

  private Charset charset() throws MultipartException {
    if (contentType == null) {
      return StandardCharsets.UTF_8;
    }
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    String charset = parser.parse(contentType, ';').get("charset");
    try {
      return charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
    } catch (IllegalArgumentException e) {
      throw MultipartException.malformed(
          "The field '" + name + "' has an unknown charset, " + charset + "; UTF-8 is valid.");
    }
  }

  private final class Body extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return reader.inputFor(Part.this).readBody(target, offset, length);
    }

    @Override
    public int available() {
      return reader.inputFor(Part.this).available();
    }
  }
}
