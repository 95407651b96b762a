package slipway.http;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One parameter of a method, declared once: its name, how its value is read, its bounds, and the
 * words about it. Reading it, its description in OpenAPI and what a callback does not repeat follow
 * from it. Immutable: methods that change a declaration return a new one.
 *
 * @param <T> what its value means
 */
public final class Parameter<T> {
  /** The type, in a schema, of a file in a multipart form, which has no value to be read. */
  public static final String FILE = "file";

  /** The type, in a schema, of a parameter of the platform that is not supported here. */
  static final String REFUSED = "refused";

  private final String name;
  private final ParameterKind<T> kind;
  private final Declared<T> declared;
  private final List<String> names;

  /**
   * What does not depend on the kind.
   *
   * @param fallback what a missing parameter means; null where it must be given
   * @param hasDefault whether the description tells the fallback
   * @param missing what is valid, for the error message where it is missing
   */
  private record Declared<T>(
      T fallback,
      boolean hasDefault,
      String missing,
      boolean isRequired,
      boolean takesEmpty,
      String words,
      List<String> aliases) {
    static <T> Declared<T> of(ParameterKind<T> kind) {
      return new Declared<>(kind.fallback(), false, kind.valid(), false, false, "", List.of());
    }

    Declared<T> or(T other, boolean isTold) {
      return new Declared<>(other, isTold, missing, isRequired, takesEmpty, words, aliases);
    }

    Declared<T> required(String valid) {
      return new Declared<>(fallback, hasDefault, valid, true, takesEmpty, words, aliases);
    }

    Declared<T> takingEmpty() {
      return new Declared<>(fallback, hasDefault, missing, isRequired, true, words, aliases);
    }

    Declared<T> said(String text) {
      return new Declared<>(fallback, hasDefault, missing, isRequired, takesEmpty, text, aliases);
    }

    Declared<T> alsoAs(String alias) {
      List<String> more = Stream.concat(aliases.stream(), Stream.of(alias)).toList();
      return new Declared<>(fallback, hasDefault, missing, isRequired, takesEmpty, words, more);
    }
  }

  /** Reads the value of the parameter of that name. */
  @FunctionalInterface
  public interface Parsing<S, T> {
    /**
     * The meaning of the value; null for none.
     *
     * @throws ApiException when the value is not valid
     */
    T read(String name, S value) throws ApiException;
  }

  private Parameter(String name, ParameterKind<T> kind, Declared<T> declared) {
    this.name = name;
    this.kind = kind;
    this.declared = declared;
    this.names = Stream.concat(Stream.of(name), declared.aliases().stream()).toList();
  }

  private static <T> Parameter<T> of(String name, ParameterKind<T> kind) {
    return new Parameter<>(name, kind, Declared.of(kind));
  }

  /** A text of any length; empty when it is missing. */
  public static Parameter<String> text(String name) {
    return of(name, ParameterKind.text());
  }

  /** A text of at most so many characters (code points); empty when it is missing. */
  public static Parameter<String> text(String name, int most) {
    return text(name, most, "at most " + most + " characters");
  }

  /** The same with other words, for the error message, about what is valid. */
  public static Parameter<String> text(String name, int most, String valid) {
    return of(name, ParameterKind.text(most, valid));
  }

  /**
   * A text that matches a pattern; empty when it is missing.
   *
   * @param most characters (UTF-16 units) at most
   * @param valid what is valid, for the error message
   */
  public static Parameter<String> text(String name, int most, Pattern pattern, String valid) {
    return of(name, ParameterKind.text(most, pattern, valid));
  }

  /**
   * A token of 40 hexadecimal digits, which is not checked but looked up; empty when it is missing.
   */
  public static Parameter<String> secret(String name) {
    return of(name, ParameterKind.secret());
  }

  /** A whole number within bounds, both of which are valid. */
  public static Parameter<Long> number(String name, long least, long most) {
    return number(name, least, most, "a whole number from " + least + " to " + most);
  }

  /** The same with other words, for the error message, about what is valid. */
  public static Parameter<Long> number(String name, long least, long most, String valid) {
    return of(name, ParameterKind.number(least, most, valid));
  }

  /** A whole number within bounds, both of which are valid. */
  public static Parameter<Integer> integer(String name, int least, int most) {
    return of(name, ParameterKind.integer(least, most));
  }

  /** The number of an object, such as a photo_id. */
  public static Parameter<Long> id(String name) {
    return of(name, ParameterKind.id());
  }

  /**
   * The numbers of objects, comma-separated, each once, 100 at most; none when it is missing, or
   * given with an empty value.
   */
  public static Parameter<List<Long>> ids(String name) {
    return of(name, ParameterKind.ids()).takingEmpty();
  }

  /** A switch, 0 or 1. */
  public static Parameter<Boolean> flag(String name) {
    return choice(name, List.of(false, true), value -> value ? "1" : "0", "0 or 1");
  }

  /**
   * One of some values.
   *
   * @param id a value as callers give it
   * @param valid what is valid, for the error message
   */
  public static <T> Parameter<T> choice(
      String name, List<T> values, Function<T, String> id, String valid) {
    return of(name, ParameterKind.choice(values, id, valid));
  }

  /** A moment, as {@link Timestamps#parse} reads it. */
  public static Parameter<Instant> moment(String name) {
    return of(name, ParameterKind.moment());
  }

  /** An absolute http or https URL, as {@link WebAddress#parse} reads it. */
  public static Parameter<URI> url(String name) {
    return url(name, WebAddress.MAX_LENGTH);
  }

  /** The same, with the maximum number of characters in the description. */
  public static Parameter<URI> url(String name, int most) {
    return of(name, ParameterKind.url(most));
  }

  /** A file of a multipart form: it is described, and its name is known, but it is not read. */
  public static Parameter<Void> file(String name) {
    return of(name, ParameterKind.file());
  }

  /**
   * A parameter that the platform's method has and this one does not: a call that gives it a value
   * is refused, as the answer would be to another question.
   *
   * @param why said after its name, such as {@code there are no players}
   */
  public static Parameter<Void> refused(String name, String why) {
    return of(name, ParameterKind.refused()).words(why);
  }

  /** The same with a further conversion of the value; it is required until it has a default. */
  public <R> Parameter<R> as(Parsing<T, R> next) {
    ParameterKind<R> read = kind.as(next);
    Declared<R> bare = Declared.of(read);
    return new Parameter<>(
        name,
        read,
        new Declared<>(
            null,
            false,
            bare.missing(),
            declared.isRequired(),
            declared.takesEmpty(),
            declared.words(),
            declared.aliases()));
  }

  /** The same, with a meaning where it is missing, which the description tells. */
  public Parameter<T> orElse(T fallback) {
    return new Parameter<>(name, kind, declared.or(fallback, true));
  }

  /** The same, with a meaning where it is missing that needs no description, such as none. */
  public Parameter<T> orNone(T fallback) {
    return new Parameter<>(name, kind, declared.or(fallback, false));
  }

  /** The same, described as required; the meaning of a missing one stays as it is. */
  public Parameter<T> required() {
    return new Parameter<>(name, kind, declared.required(declared.missing()));
  }

  /**
   * The same, which must be given.
   *
   * @param valid what is valid, for the error message where it is missing
   */
  public Parameter<T> required(String valid) {
    return new Parameter<>(name, kind, declared.or(null, false).required(valid));
  }

  /** The same, where an empty value counts as a value and not as missing. */
  public Parameter<T> takingEmpty() {
    return new Parameter<>(name, kind, declared.takingEmpty());
  }

  /** The same, with other words about it. */
  public Parameter<T> words(String words) {
    return new Parameter<>(name, kind, declared.said(words));
  }

  /** The same, with a further name, which counts where the parameter is not given by its own. */
  public Parameter<T> alias(String alias) {
    return new Parameter<>(name, kind, declared.alsoAs(alias));
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its further names. */
  public List<String> aliases() {
    return declared.aliases();
  }

  /** Its name and the further ones. */
  List<String> names() {
    return names;
  }

  /** Its description; empty for none. */
  public String words() {
    return declared.words();
  }

  /** Whether a call without it is not valid. */
  public boolean isRequired() {
    return declared.isRequired();
  }

  /** Whether a call that gives it is refused. */
  public boolean isRefused() {
    return kind.schema().containsValue(REFUSED);
  }

  /** Keywords of its JSON schema (2020-12) in order; the type of a file is {@link #FILE}. */
  public Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>(kind.schema());
    if (declared.hasDefault()) {
      schema.put("default", kind.written().apply(declared.fallback()));
    }
    return Collections.unmodifiableMap(schema);
  }

  /**
   * Its value, or its default.
   *
   * @throws ApiException when the value is not valid, or there is none and it must be given
   */
  public T of(Parameters parameters) throws ApiException {
    Optional<T> found = find(parameters);
    if (found.isEmpty() && declared.fallback() == null) {
      throw missing(parameters, declared.missing());
    }
    return found.orElse(declared.fallback());
  }

  /**
   * The error that a required parameter is missing, or that the query of a POST, where it is given,
   * is not read.
   *
   * @param valid what is valid
   */
  public ApiException missing(Parameters parameters, String valid) {
    return names.stream().anyMatch(parameters::isPassedOver)
        ? ApiException.missingInBody(name, valid)
        : ApiException.missing(name, valid);
  }

  /**
   * Its value; empty when it is missing.
   *
   * @throws ApiException when the value is not valid
   */
  public Optional<T> find(Parameters parameters) throws ApiException {
    String given = given(parameters);
    if (given == null) {
      return Optional.empty();
    }
    String value = parameters.givenOrNull(given);
    if (!declared.aliases().isEmpty()) {
      checkSame(given, value, parameters);
    }
    return Optional.ofNullable(kind.parsing().read(given, value));
  }

  /** If two names had values, one would be dropped. */
  private void checkSame(String name, String read, Parameters parameters) throws ApiException {
    for (String other : declared.aliases()) {
      String value = parameters.givenOrNull(other);
      if (counts(value) && !value.equals(read)) {
        throw ApiException.invalid(
            other, "the same as '" + name + "', of which it is an alias, or missing");
      }
    }
  }

  private boolean counts(String value) {
    return value != null && (declared.takesEmpty() || !value.isEmpty());
  }

  /** Whether it is given with a value, valid or not. */
  public boolean isGiven(Parameters parameters) {
    return given(parameters) != null;
  }

  /** The first of its names that has a value; null for none. */
  private String given(Parameters parameters) {
    parameters.check(this);
    for (String each : names) {
      if (counts(parameters.givenOrNull(each))) {
        return each;
      }
    }
    return null;
  }

  /** Whether both have the same name and are read in the same way; the descriptions may differ. */
  @SuppressWarnings("ReferenceEquality") // Kinds are compared by identity.
  boolean readsAs(Parameter<?> other) {
    return kind == other.kind
        && names.equals(other.names)
        && Objects.equals(declared.fallback(), other.declared.fallback());
  }

  @Override
  public String toString() {
    return name;
  }

  /** All parameters of some lists, in order. */
  @SafeVarargs
  public static List<Parameter<?>> all(List<Parameter<?>>... lists) {
    List<Parameter<?>> all = new ArrayList<>();
    for (List<Parameter<?>> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
