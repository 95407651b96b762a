package slipway.http;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.details.TextLimits;
import slipway.http.Parameter.Parsing;
import slipway.net.Digits;

/**
 * How the value of a parameter is read, and how a JSON schema describes that.
 *
 * @param schema keywords of the JSON schema (2020-12), in order
 * @param valid what is valid, for error messages
 * @param fallback what a missing parameter means; null where it must be given
 * @param parsing reads the value
 * @param written a value as its JSON schema has it; null where it has none
 */
record ParameterKind<T>(
    Map<String, Object> schema,
    String valid,
    T fallback,
    Parsing<String, T> parsing,
    Function<T, Object> written) {
  private static final int MAX_IDS = 100;
  private static final char NUL = 0;
  private static final char REPLACEMENT = '\uFFFD';

  /** The length of a number, a comma and the spaces around it. */
  private static final int MAX_ID_CHARS = 24;

  private static final String TYPE = "type";
  private static final String MAX_LENGTH = "maxLength";
  private static final String STRING = "string";
  private static final String INTEGER = "integer";
  private static final String FORMAT = "format";
  private static final String MINIMUM = "minimum";
  private static final String MAXIMUM = "maximum";

  /** A whole number of ASCII digits, or nothing. */
  private static Long parse(String text) {
    OptionalLong number = Digits.parse(text);
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static Map<String, Object> schema(Object... keywords) {
    Map<String, Object> schema = new LinkedHashMap<>();
    for (int i = 0; i < keywords.length; i += 2) {
      schema.put(keywords[i].toString(), keywords[i + 1]);
    }
    return schema;
  }

  static ParameterKind<String> text() {
    return new ParameterKind<>(
        schema(TYPE, STRING), "a text", "", (name, text) -> kept(text), text -> text);
  }

  /** The text with U+FFFD for U+0000, at which a database would end it. */
  private static String kept(String text) {
    return text.replace(NUL, REPLACEMENT);
  }

  static ParameterKind<String> text(int most, String valid) {
    return new ParameterKind<>(
        schema(TYPE, STRING, MAX_LENGTH, most),
        valid,
        "",
        (name, text) -> {
          if (TextLimits.exceeds(text, most)) {
            throw ApiException.invalid(name, valid);
          }
          return kept(text);
        },
        text -> text);
  }

  static ParameterKind<String> text(int most, Pattern pattern, String valid) {
    return new ParameterKind<>(
        schema(TYPE, STRING, MAX_LENGTH, most, "pattern", "^(?:" + pattern.pattern() + ")$"),
        valid,
        "",
        (name, text) -> {
          if (text.length() > most || !pattern.matcher(text).matches()) {
            throw ApiException.invalid(name, valid);
          }
          return text;
        },
        text -> text);
  }

  static ParameterKind<String> secret() {
    return new ParameterKind<>(
        schema(TYPE, STRING, "pattern", "^[0-9a-f]{40}$"),
        "a token",
        "",
        (name, text) -> text,
        text -> null);
  }

  static ParameterKind<Long> number(long least, long most, String valid) {
    return new ParameterKind<>(
        schema(TYPE, INTEGER, FORMAT, "int64", MINIMUM, least, MAXIMUM, most),
        valid,
        null,
        (name, text) -> {
          Long number = parse(text);
          if (number == null || number < least || number > most) {
            throw ApiException.invalid(name, valid);
          }
          return number;
        },
        number -> number);
  }

  static ParameterKind<Integer> integer(int least, int most) {
    ParameterKind<Long> number =
        number(least, most, "a whole number from " + least + " to " + most);
    return new ParameterKind<>(
        schema(TYPE, INTEGER, FORMAT, "int32", MINIMUM, least, MAXIMUM, most),
        number.valid(),
        null,
        (name, text) -> number.parsing().read(name, text).intValue(),
        value -> value);
  }

  static ParameterKind<Long> id() {
    String valid = "a number above 0";
    return new ParameterKind<>(
        schema(TYPE, INTEGER, FORMAT, "int64", MINIMUM, 1),
        valid,
        null,
        number(1, Long.MAX_VALUE, valid).parsing(),
        id -> id);
  }

  static ParameterKind<List<Long>> ids() {
    int most = MAX_IDS * MAX_ID_CHARS;
    ParameterKind<String> list = text(most, "at most " + most + " characters");
    return new ParameterKind<>(
        list.schema(),
        "numbers above 0, with commas between them",
        List.of(),
        (name, text) -> ids(name, list.parsing().read(name, text)),
        ids -> null);
  }

  private static List<Long> ids(String name, String list) throws ApiException {
    String[] all = list.split(",", -1);
    if (all.length == 1 && all[0].isBlank()) {
      return List.of();
    }
    if (all.length > MAX_IDS) {
      throw ApiException.invalid(name, "at most " + MAX_IDS + " numbers");
    }
    List<Long> ids =
        Stream.of(all)
            .map(String::strip)
            .map(ParameterKind::parse)
            .map(id -> id == null ? 0L : id)
            .distinct()
            .toList();
    if (ids.stream().anyMatch(id -> id <= 0)) {
      throw ApiException.invalid(name, "numbers above 0, with commas between them");
    }
    return ids;
  }

  static <T> ParameterKind<T> choice(List<T> values, Function<T, String> id, String valid) {
    Map<String, T> byId = values.stream().collect(Collectors.toMap(id, value -> value));
    return new ParameterKind<>(
        schema(TYPE, STRING, "enum", values.stream().map(id).toList()),
        valid,
        null,
        (name, text) -> {
          T value = byId.get(text);
          if (value == null) {
            throw ApiException.invalid(name, valid);
          }
          return value;
        },
        id::apply);
  }

  static ParameterKind<Instant> moment() {
    return new ParameterKind<>(
        schema(TYPE, STRING), Timestamps.VALID, null, Timestamps::parse, moment -> null);
  }

  static ParameterKind<URI> url(int most) {
    String valid = WebAddress.valid(most);
    return new ParameterKind<>(
        schema(TYPE, STRING, FORMAT, "uri", MAX_LENGTH, most),
        valid,
        null,
        (name, text) -> WebAddress.parse(name, text, valid),
        url -> null);
  }

  static ParameterKind<Void> file() {
    return new ParameterKind<>(
        schema(TYPE, Parameter.FILE), "a file", null, (name, text) -> null, file -> null);
  }

  static ParameterKind<Void> refused() {
    return new ParameterKind<>(
        schema(TYPE, Parameter.REFUSED), "", null, (name, text) -> null, value -> null);
  }

  /** The same with a further conversion of the value, and without a default. */
  <R> ParameterKind<R> as(Parsing<T, R> next) {
    return new ParameterKind<>(
        schema,
        valid,
        null,
        (name, text) -> next.read(name, parsing.read(name, text)),
        value -> null);
  }
}
