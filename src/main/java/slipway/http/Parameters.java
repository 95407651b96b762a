package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request: those of the query on GET, those of the body on POST (urlencoded or
 * multipart), as the platform reads them. Where a name appears twice, its first value counts. Those
 * of OAuth are not among them.
 */
public final class Parameters {
  private static final Parameters NONE = new Parameters(List.of(), List.of());

  private final List<Map.Entry<String, String>> all;
  private final Map<String, String> first;
  private final List<Map.Entry<String, String>> signed;
  private final Declaration declared;

  /** The query of a POST, which is not read; null for none. */
  private final String passedOver;

  /**
   * Parameters as they came.
   *
   * @param signed those that an OAuth signature covers, besides the query's
   */
  Parameters(List<Map.Entry<String, String>> came, List<Map.Entry<String, String>> signed) {
    this(came, signed, null);
  }

  private Parameters(
      List<Map.Entry<String, String>> came,
      List<Map.Entry<String, String>> signed,
      String passedOver) {
    this.all = came.stream().filter(parameter -> !OAuthParameters.is(parameter)).toList();
    this.first = new HashMap<>();
    all.forEach(parameter -> first.putIfAbsent(parameter.getKey(), parameter.getValue()));
    this.signed = List.copyOf(signed);
    this.declared = Declaration.NONE;
    this.passedOver = passedOver;
  }

  private Parameters(Parameters came, Declaration declared) {
    this.all = came.all;
    this.first = came.first;
    this.signed = came.signed;
    this.declared = declared;
    this.passedOver = came.passedOver;
  }

  private static Parameters unsigned(List<Map.Entry<String, String>> came) {
    return came.isEmpty() ? NONE : new Parameters(came, List.of());
  }

  /** The parameters of a request that is refused unread, for the format of the answer. */
  public static Parameters forAnswer(HttpServletRequest request) throws IOException {
    ParameterReader reader = new ParameterReader(request);
    try {
      return reader.read();
    } catch (ApiException e) {
      return reader.soFar();
    }
  }

  /**
   * The parameters of a request without a file: those of the query, or on POST of the body.
   *
   * @throws ApiException when they are malformed, too large, or no form
   */
  public static Parameters read(HttpServletRequest request) throws ApiException, IOException {
    return new ParameterReader(request).read();
  }

  /** The parameters of the query, whatever the method. */
  public static Parameters ofQuery(HttpServletRequest request) throws ApiException {
    return unsigned(UrlEncoded.decode(request.getQueryString()));
  }

  /** The same, as far as the query can be parsed. */
  public static Parameters ofReadableQuery(HttpServletRequest request) {
    return unsigned(UrlEncoded.readable(request.getQueryString()));
  }

  /**
   * The names and values of a text in the form of a query that is not a request's own.
   *
   * @throws ApiException when it has invalid percent-encoding or too many parameters
   */
  public static List<Map.Entry<String, String>> decode(String urlencoded) throws ApiException {
    return List.copyOf(UrlEncoded.decode(urlencoded));
  }

  /**
   * The same for a request whose query is not read, which errors about missing parameters mention.
   */
  public Parameters passingOver(HttpServletRequest request) {
    return request.getMethod().equals("POST")
        ? new Parameters(all, signed, request.getQueryString())
        : this;
  }

  /** Whether the query that is not read has a value of that name. */
  boolean isPassedOver(String name) {
    return passedOver != null
        && UrlEncoded.readable(passedOver).stream()
            .anyMatch(each -> each.getKey().equals(name) && !each.getValue().isEmpty());
  }

  /** The parameters that a form's fields gave. */
  public static Parameters of(List<Map.Entry<String, String>> fields) {
    return unsigned(fields);
  }

  /** The same, preceded by this one, which overrides another of its name. */
  Parameters after(Map.Entry<String, String> first) {
    List<Map.Entry<String, String>> both = new ArrayList<>(List.of(first));
    both.addAll(all);
    return unsigned(both);
  }

  /** The same, with those of the other parameters that are missing here. */
  public Parameters orOf(Parameters others, List<Parameter<?>> wanted) {
    if (others.all.isEmpty()) {
      return declaring(Declaration.NONE);
    }
    List<Map.Entry<String, String>> both = new ArrayList<>(all);
    wanted.stream()
        .flatMap(parameter -> parameter.names().stream())
        .filter(name -> !first.containsKey(name))
        .forEach(name -> others.given(name).ifPresent(value -> both.add(Map.entry(name, value))));
    return unsigned(both);
  }

  /**
   * The same, limited to the parameters that a method declares and those of {@link Api#SHAPE}: a
   * parameter that is not described cannot be read.
   */
  public Parameters declaring(List<Parameter<?>> parameters) {
    return declaring(Declaration.of(parameters));
  }

  /** The same, by a declaration that was made before. */
  public Parameters declaring(Declaration declaration) {
    return new Parameters(this, declaration);
  }

  /**
   * Checks that none is given that the method refuses: ignoring one in silence would give a wrong
   * answer.
   *
   * @throws ApiException that names it, and why
   */
  public void checkRefused() throws ApiException {
    for (Parameter<?> parameter : declared.refused()) {
      if (parameter.isGiven(this)) {
        throw new ApiException(
            ErrorCode.INVALID_INPUT,
            "The parameter '"
                + parameter.name()
                + "' is not supported: "
                + parameter.words()
                + ".");
      }
    }
  }

  /**
   * Checks that a parameter may be read here.
   *
   * @throws IllegalStateException when it is not declared
   */
  void check(Parameter<?> parameter) {
    if (!declared.has(parameter)) {
      throw new IllegalStateException("The parameter " + parameter + " is read but not declared");
    }
  }

  /** The value of a parameter, which may be empty; nothing if it is missing. */
  Optional<String> given(String name) {
    return Optional.ofNullable(first.get(name));
  }

  /** The same; null if it is missing. */
  String givenOrNull(String name) {
    return first.get(name);
  }

  /** Every parameter, in the order it came. */
  public List<Map.Entry<String, String>> all() {
    return all;
  }

  /** Those that are neither declared nor among {@link Api#SHAPE}, in order. */
  public List<Map.Entry<String, String>> others() {
    return all.stream().filter(parameter -> !declared.hasName(parameter.getKey())).toList();
  }

  /**
   * What an OAuth signature covers of the body (RFC 5849, 3.4.1.3.1), OAuth's own parameters
   * included: all of a urlencoded one, nothing of another.
   */
  List<Map.Entry<String, String>> signed() {
    return signed;
  }
}
