package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import slipway.auth.Caller;
import slipway.auth.CredentialStore;

/**
 * What every API method shares: who calls, for which site, and how a reply is written.
 *
 * @param credentials those that callers may show
 * @param origins tells at which address visitors reach this server
 * @param siteName the site's name, for people
 * @param publicSite whether callers without a credential may read
 * @param always200 whether error replies carry HTTP status 200, as on the platform
 */
public record Api(
    CredentialStore credentials,
    Origins origins,
    String siteName,
    boolean publicSite,
    boolean always200) {
  private static final String BEARER = "bearer ";

  /**
   * Who makes the request.
   *
   * @throws ApiException when it shows a credential that is not valid
   */
  public Caller caller(HttpServletRequest request) throws ApiException {
    String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      return Caller.unknown(publicSite);
    }
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED, "The Authorization header must be 'Bearer <key>'.");
    }
    return credentials
        .find(authorization.substring(BEARER.length()).strip())
        .orElseThrow(
            () -> new ApiException(ErrorCode.PERMISSION_DENIED, "The Bearer key is not known."))
        .caller();
  }

  /** The site that the request is made to. */
  public Site site(HttpServletRequest request) {
    return new Site(origins.of(request).authority(), siteName);
  }

  /** The address of the web application on the web, without a slash at its end. */
  public String address(HttpServletRequest request) {
    return origins.of(request).url() + request.getContextPath();
  }

  /**
   * Checks that the parameters ask for a form there is, before anything is done.
   *
   * @throws ApiException when they do not
   */
  public void checkFormat(Parameters parameters) throws ApiException {
    Format.of(parameters);
  }

  /** Writes an ok reply to one whose permission is a token, in the form the parameters ask for. */
  public void writeAnonymous(
      HttpServletRequest request, HttpServletResponse response, Parameters parameters, Reply reply)
      throws ApiException, IOException {
    write(request, response, Format.of(parameters), Caller.unknown(publicSite), reply);
  }

  /** Writes an error reply in the form the parameters ask for. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Parameters parameters,
      ApiException error)
      throws IOException {
    Format format = Format.XML;
    try {
      format = Format.of(parameters);
    } catch (ApiException e) {
      // The error at hand says more than one about the format.
    }
    write(request, response, format, error);
  }

  /** Writes an ok reply. */
  void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Format format,
      Caller caller,
      Reply reply)
      throws IOException {
    String level = caller.level().id();
    String text =
        format.json()
            ? JsonReply.of(reply, level, site(request), request.getServletPath())
            : XmlReply.of(reply, level);
    send(response, HttpServletResponse.SC_OK, format, text);
  }

  /** Writes an error reply. */
  void write(
      HttpServletRequest request, HttpServletResponse response, Format format, ApiException error)
      throws IOException {
    String text =
        format.json()
            ? JsonReply.of(error, "none", request.getServletPath())
            : XmlReply.of(error, "none");
    int status = always200 ? HttpServletResponse.SC_OK : error.code().status();
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    send(response, status, format, text);
  }

  private static void send(HttpServletResponse response, int status, Format format, String text)
      throws IOException {
    byte[] body = (format.prefix() + text + format.suffix()).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(format.contentType() + "; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
