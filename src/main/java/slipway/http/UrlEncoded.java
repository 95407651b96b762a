package slipway.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Parameters as a query or a urlencoded body has them, read byte by byte as they arrive: besides
 * them only the one being read is held. Invalid encoding is reported at the end, so that the
 * parameters after it are known, too: one may set the format of the answer.
 */
final class UrlEncoded {
  private static final int ESCAPE_DIGITS = 2;

  /** What stands for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final ParameterList parameters;
  private byte[] text = new byte[256];
  private int length;
  private String name;
  private boolean begun;
  private int digits;
  private int escaped;
  private byte firstDigit;
  private ParameterFault fault;
  private boolean hasBadEscape;
  private boolean hasBadBytes;

  /**
   * What is wrong with a parameter.
   *
   * @param name as far as it could be read
   * @param what is wrong with it
   */
  private record ParameterFault(String name, String what) {}

  /** Reads into a list. */
  UrlEncoded(ParameterList parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of a text; null has none.
   *
   * @throws ApiException when it is not percent-encoded UTF-8, or has too many
   */
  static List<Map.Entry<String, String>> decode(String form) throws ApiException {
    ParameterList parameters = new ParameterList(null);
    decode(form, parameters);
    return parameters.all();
  }

  /** The parameters of a text as far as they can be read. */
  static List<Map.Entry<String, String>> readable(String form) {
    if (form == null) {
      return List.of();
    }
    ParameterList parameters = new ParameterList(null);
    try {
      decode(form, parameters);
    } catch (ApiException e) {
      // The parameters read so far count.
    }
    return parameters.all();
  }

  /** Adds the parameters of a text to a list, as {@link #decode(String)} has them. */
  static void decode(String form, ParameterList parameters) throws ApiException {
    if (form != null) {
      byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
      UrlEncoded reader = new UrlEncoded(parameters);
      reader.read(bytes, bytes.length);
      reader.end();
    }
  }

  /**
   * Reads the next bytes.
   *
   * @throws ApiException when they are too many parameters
   */
  void read(byte[] bytes, int count) throws ApiException {
    for (int i = 0; i < count; i++) {
      if (digits > 0) {
        escape(bytes[i]);
      } else {
        read(bytes[i]);
      }
    }
  }

  /**
   * Ends the last parameter.
   *
   * @throws ApiException as {@link #read}, or when one was not percent-encoded UTF-8
   */
  void end() throws ApiException {
    endParameter();
    if (fault != null) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT, "The parameter '" + fault.name() + "' " + fault.what() + ".");
    }
  }

  private void endParameter() throws ApiException {
    endEscape();
    if (begun) {
      String last = take();
      String ended = name == null ? last : name;
      if (hasBadEscape) {
        note(new ParameterFault(ended, "has invalid percent-encoding"));
      } else if (hasBadBytes) {
        note(new ParameterFault(ended, "is not valid UTF-8"));
      }
      parameters.add(ended, name == null ? "" : last);
    }
    name = null;
    begun = false;
    hasBadEscape = false;
    hasBadBytes = false;
  }

  private void note(ParameterFault found) {
    fault = fault == null ? found : fault;
  }

  /** Takes an escape with too few digits literally. */
  private void endEscape() {
    if (digits > 0) {
      hasBadEscape = true;
      add((byte) '%');
      if (digits < ESCAPE_DIGITS) {
        add(firstDigit);
      }
      digits = 0;
    }
  }

  private void read(byte b) throws ApiException {
    if (b == '&') {
      endParameter();
      return;
    }
    begun = true;
    if (b == '=' && name == null) {
      name = take();
    } else if (b == '%') {
      digits = ESCAPE_DIGITS;
      escaped = 0;
    } else {
      add(b == '+' ? (byte) ' ' : b);
    }
  }

  private void escape(byte b) throws ApiException {
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit < 0) {
      endEscape();
      read(b);
      return;
    }
    escaped = escaped << 4 | digit;
    if (--digits > 0) {
      firstDigit = b;
    } else {
      add((byte) escaped);
    }
  }

  private void add(byte b) {
    if (length == text.length) {
      text = Arrays.copyOf(text, 2 * length);
    }
    text[length++] = b;
  }

  private String take() {
    String taken = new String(text, 0, length, StandardCharsets.UTF_8);
    hasBadBytes |= taken.indexOf(REPLACEMENT) >= 0 && !isUtf8();
    length = 0;
    return taken;
  }

  private boolean isUtf8() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A text in which {@code +} is a space. */
  static String percent(String text) throws ApiException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static ApiException malformed() {
    return new ApiException(
        ErrorCode.INVALID_INPUT, "The parameters have invalid percent-encoding.");
  }
}
