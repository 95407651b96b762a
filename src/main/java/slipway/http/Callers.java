package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import slipway.auth.Caller;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.InvalidSignatureException;
import slipway.auth.OAuth1;
import slipway.auth.PermissionLevel;
import slipway.auth.SignedRequest;
import slipway.health.UnavailableException;

/**
 * Tells who makes a request: by a Bearer key, by an OAuth signature in the Authorization header, a
 * urlencoded body or the query, or by a session.
 *
 * @param credentials those that callers may show
 * @param oauth checks signatures
 * @param origins gives the address that was signed
 * @param publicSite whether callers without a credential may read
 * @param sessions the sessions of those who have signed in
 */
public record Callers(
    CredentialStore credentials,
    OAuth1 oauth,
    Origins origins,
    boolean publicSite,
    SessionCookie sessions) {
  private static final String IS_KNOWN = Callers.class.getName() + ".known";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * The level of a request that is answered before its caller is checked: that of its Bearer key. A
   * signature is not checked for this, as that may need the body, and gives no level.
   */
  PermissionLevel levelShown(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      return unknown().level();
    }
    String[] words = words(authorization.strip());
    return words.length == 2 && words[0].equalsIgnoreCase("bearer")
        ? credentials
            .find(words[1].strip())
            .map(credential -> credential.caller().level())
            .orElse(PermissionLevel.NONE)
        : PermissionLevel.NONE;
  }

  /** The caller without a credential. */
  Caller unknown() {
    return Caller.unknown(publicSite);
  }

  /**
   * Who makes the request.
   *
   * @param form the parameters of its urlencoded body, as they came; empty for another body
   * @throws ApiException when it shows a credential that is not valid
   */
  Caller of(HttpServletRequest request, List<Map.Entry<String, String>> form) throws ApiException {
    Optional<String> authorization = authorization(request);
    if (authorization.isEmpty()) {
      return SessionCookie.isAsked(request)
          ? sessions.caller(request)
          : byParameters(request, form);
    }
    String[] words = words(authorization.get());
    String credential = words.length == 1 ? "" : words[1].strip();
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> byKey(credential);
      case "oauth" -> bySignature(request, OAuthParameters.ofHeader(credential), form);
      default ->
          throw ApiException.unauthorized(
              "The Authorization header must be 'Bearer <key>' or 'OAuth <parameters>'.");
    };
  }

  private static Optional<String> authorization(HttpServletRequest request) throws ApiException {
    var values = request.getHeaders("Authorization");
    if (!values.hasMoreElements()) {
      return Optional.empty();
    }
    String first = values.nextElement().strip();
    if (values.hasMoreElements()) {
      throw ApiException.unauthorized("There must be one Authorization header, not several.");
    }
    return Optional.of(first);
  }

  /** The scheme of the header, and what follows it, if anything does. */
  private static String[] words(String authorization) {
    return SPACE.split(authorization, 2);
  }

  /**
   * Whether the request has a key that was checked: a Bearer key, a session that began with one, an
   * OAuth signature that covers nothing of the body, or one that covers it, once {@link #of} has
   * read and checked it. The name of a key is no key, as everybody may know it.
   */
  public boolean showsKey(HttpServletRequest request) {
    Object checked = request.getAttribute(IS_KNOWN);
    if (checked == null) {
      checked = isChecked(request);
      request.setAttribute(IS_KNOWN, checked);
    }
    return checked.equals(true);
  }

  private boolean isChecked(HttpServletRequest request) {
    try {
      Optional<String> authorization = authorization(request);
      if (authorization.isEmpty()) {
        return SessionCookie.isAsked(request)
            ? sessions.showsKey(request)
            : isSigned(request, Map.of());
      }
      String[] words = words(authorization.get());
      String credential = words.length == 1 ? "" : words[1].strip();
      return switch (words[0].toLowerCase(Locale.ROOT)) {
        case "bearer" -> credentials.find(credential).isPresent();
        case "oauth" -> isSigned(request, OAuthParameters.ofHeader(credential));
        default -> false;
      };
    } catch (ApiException | UnavailableException e) {
      return false; // The check of the caller reports it.
    }
  }

  /** The signature is used up later, by the check of the caller. */
  private boolean isSigned(HttpServletRequest request, Map<String, String> header)
      throws ApiException {
    if (ParameterReader.mayHaveForm(request)) {
      return false;
    }
    return signed(request, header, List.of()).map(oauth::isValid).orElse(false);
  }

  private Caller byKey(String key) throws ApiException {
    return credentials
        .find(key)
        .orElseThrow(() -> ApiException.unauthorized("Unknown API key."))
        .caller();
  }

  private Caller byParameters(HttpServletRequest request, List<Map.Entry<String, String>> form)
      throws ApiException {
    String query = request.getQueryString();
    boolean signed =
        form.stream().anyMatch(OAuthParameters::is) || (query != null && query.contains("oauth_"));
    return signed ? bySignature(request, Map.of(), form) : unknown();
  }

  private Caller bySignature(
      HttpServletRequest request, Map<String, String> header, List<Map.Entry<String, String>> form)
      throws ApiException {
    Optional<SignedRequest> signed = signed(request, header, form);
    if (signed.isEmpty()) {
      return unknown();
    }
    try {
      Credential credential = oauth.verify(signed.get());
      request.setAttribute(IS_KNOWN, true);
      return credential.caller();
    } catch (InvalidSignatureException e) {
      throw new ApiException(ErrorCode.INVALID_SIGNATURE, e.getMessage());
    }
  }

  /**
   * The signed request, by the OAuth parameters of the header, or else those of query and body; the
   * other parameters are signed with them. Empty for an unsigned request.
   */
  private Optional<SignedRequest> signed(
      HttpServletRequest request, Map<String, String> header, List<Map.Entry<String, String>> form)
      throws ApiException {
    List<Map.Entry<String, String>> all =
        new ArrayList<>(UrlEncoded.decode(request.getQueryString()));
    all.addAll(form);
    if (header.size() + all.size() > ParameterList.MOST) {
      throw ParameterList.tooMany();
    }
    Map<String, String> protocol = OAuthParameters.of(header, all);
    if (protocol.isEmpty() || OAuthParameters.areOfNobody(protocol)) {
      return Optional.empty();
    }
    List<Map.Entry<String, String>> rest =
        all.stream().filter(parameter -> !OAuthParameters.is(parameter)).toList();
    String url = origins.of(request).url() + request.getRequestURI();
    return Optional.of(new SignedRequest(request.getMethod(), url, protocol, rest));
  }
}
