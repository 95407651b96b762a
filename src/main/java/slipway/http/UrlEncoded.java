package slipway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Parameters as a query or a urlencoded body has them, read byte by byte as they come in: beside
 * them only the one being read is held.
 */
final class UrlEncoded {
  private static final int ESCAPE_DIGITS = 2;

  private final ParameterList parameters;
  private byte[] text = new byte[256];
  private int length;
  private String name;
  private boolean begun;
  private int digits;
  private int escaped;

  /** Reads into a list. */
  UrlEncoded(ParameterList parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of a text; null has none.
   *
   * @throws ApiException when it is not percent-encoded as it must be, or has too many
   */
  static List<Map.Entry<String, String>> decode(String form) throws ApiException {
    ParameterList parameters = new ParameterList(null);
    decode(form, parameters);
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
   * @throws ApiException when they are not percent-encoded as they must be, or too many parameters
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
   * @throws ApiException as {@link #read}
   */
  void end() throws ApiException {
    if (digits > 0) {
      throw malformed();
    }
    if (begun) {
      String last = take();
      parameters.add(name == null ? last : name, name == null ? "" : last);
    }
    name = null;
    begun = false;
  }

  private void read(byte b) throws ApiException {
    if (b == '&') {
      end();
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
      throw malformed();
    }
    escaped = escaped << 4 | digit;
    if (--digits == 0) {
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
    length = 0;
    return taken;
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
        ErrorCode.INVALID_INPUT, "The parameters are not percent-encoded as they must be.");
  }
}
