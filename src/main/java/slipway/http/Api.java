package slipway.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.limit.Proxies;
import slipway.http.limit.RateLimits;
import slipway.http.limit.RequestMemory;
import slipway.language.Language;

/**
 * What every API method shares: who calls, for which site, and how a reply is written.
 *
 * @param callers tells who makes a request
 * @param origins tells at which address visitors reach this server
 * @param siteName the site's name, for people
 * @param compatibility where replies follow the platform
 * @param proxies the proxies that are trusted to name the client
 * @param rates how often the API may be called
 */
public record Api(
    Callers callers,
    Origins origins,
    String siteName,
    Compatibility compatibility,
    Proxies proxies,
    RateLimits rates) {
  /** The parameters that every method takes: the shape of its reply. */
  public static final List<Parameter<?>> SHAPE = Format.PARAMETERS;

  private static final String CALLER = Api.class.getName() + ".caller";

  /**
   * Who makes the request, by its headers and query; for bodies that are not a urlencoded form.
   *
   * @throws ApiException when it shows a credential that is not valid, or its caller asks too often
   */
  public Caller caller(HttpServletRequest request) throws ApiException {
    return admit(request, List.of());
  }

  /**
   * Who makes a request of these parameters.
   *
   * @throws ApiException when it shows a credential that is not valid, or its caller asks too often
   */
  public Caller caller(HttpServletRequest request, Parameters parameters) throws ApiException {
    return admit(request, parameters.signed());
  }

  /**
   * Identifies the caller of a request that is refused in any case, for the message of the refusal.
   */
  public void identify(HttpServletRequest request, Parameters parameters) {
    try {
      admit(request, parameters.signed());
    } catch (ApiException e) {
      // The current refusal says more.
    }
  }

  /**
   * Identifies the caller, unless it calls too often. Invalid credentials from an address limit
   * only further invalid ones: others may call from there, with a key or without.
   */
  private Caller admit(HttpServletRequest request, List<Map.Entry<String, String>> signed)
      throws ApiException {
    String address = proxies.countedAs(request);
    Caller caller;
    try {
      caller = callers.of(request, signed);
      request.setAttribute(CALLER, caller.level());
    } catch (ApiException e) {
      request.setAttribute(CALLER, PermissionLevel.NONE);
      checkWait(rates.mayTry(address));
      rates.failed(address);
      throw e;
    }
    checkWait(
        caller.credentialId() == null
            ? rates.anonymous(address)
            : rates.credential(caller.credentialId()));
    return caller;
  }

  /** What the caller may do, for an error reply. */
  private String levelOf(HttpServletRequest request) {
    Object known = request.getAttribute(CALLER);
    return known instanceof PermissionLevel level ? level.id() : callers.levelShown(request).id();
  }

  private static void checkWait(Duration wait) throws ApiException {
    if (!wait.isZero()) {
      throw ApiException.rateLimited("Too many requests; please wait a little.", wait);
    }
  }

  /** What a method may do with the browser that calls it. */
  BrowserCall browser(HttpServletRequest request, HttpServletResponse response) {
    return new BrowserCall(callers.sessions(), request, response, proxies.countedAs(request));
  }

  /**
   * Counts something that is written for a visitor, such as a rating.
   *
   * @throws ApiException when its address has written too much
   */
  public void checkWrites(ApiCall call) throws ApiException {
    if (call.caller().credentialId() == null) {
      checkWait(rates.writing(call.browser().address()));
    }
  }

  /**
   * Counts a frame of a video that has to be taken, or a picture of a photo that has to be read.
   *
   * @throws ApiException when its address had too many
   */
  public void checkFrames(ApiCall call) throws ApiException {
    checkWait(rates.frames(call.browser().address()));
  }

  /** Whether its pages are open to visitors without a token. */
  public boolean isPublicSite() {
    return callers.publicSite();
  }

  /** The site that the request is made to. */
  public SiteFields site(HttpServletRequest request) {
    return new SiteFields(origins.of(request).authority(), request.getContextPath(), siteName);
  }

  /** The address of the web application on the web, without a slash at its end. */
  public String address(HttpServletRequest request) {
    return origins.of(request).url() + request.getContextPath();
  }

  /**
   * Checks, before anything is done, that the parameters request an existing format.
   *
   * @throws ApiException when they do not
   */
  public void checkFormat(HttpServletRequest request, Parameters parameters) throws ApiException {
    Format.of(parameters);
    if (SessionCookie.isCounted(request) && Format.isAskedForScript(parameters)) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED,
          "A call made with a session accepts neither 'callback' nor 'varname'.");
    }
  }

  /** Whether the parameters request a reply of the API, where another answer is possible. */
  public static boolean isAskedForReply(Parameters parameters) {
    return Format.FORMAT.isGiven(parameters);
  }

  /** Writes an ok reply to a caller whose permission is a token, in the requested format. */
  public void writeAnonymous(
      HttpServletRequest request, HttpServletResponse response, Parameters parameters, Reply reply)
      throws ApiException, IOException {
    write(request, response, Format.of(parameters), callers.unknown(), reply, null);
  }

  /** Writes an ok reply to a caller, in the requested format. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Parameters parameters,
      Caller caller,
      Reply reply)
      throws ApiException, IOException {
    write(request, response, format(parameters), caller, reply, null);
  }

  /** Writes an error reply of a method, in the requested format. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Parameters parameters,
      ApiException error)
      throws IOException {
    write(request, response, formatOfError(parameters), error);
  }

  /**
   * Writes an error reply to a server that sent a file: never with the status 200 that lets
   * browsers run a script.
   */
  public void writeUploadError(
      HttpServletRequest request,
      HttpServletResponse response,
      Parameters parameters,
      ApiException error)
      throws IOException {
    int status = always200() ? HttpServletResponse.SC_OK : error.status();
    write(request, response, formatOfError(parameters), levelOf(request), error, status);
  }

  /** Whether error replies of methods carry HTTP status 200. */
  public boolean always200() {
    return compatibility.always200();
  }

  /**
   * The format that the parameters of a method request.
   *
   * @throws ApiException when there is no such format
   */
  Format format(Parameters parameters) throws ApiException {
    return visual(Format.of(parameters));
  }

  private Format visual(Format asked) {
    return compatibility.visual() && asked.equals(Format.JSON) ? Format.VISUAL : asked;
  }

  /** The same for an error; plain JSON or XML where there is no such format. */
  Format formatOfError(Parameters parameters) {
    return visual(Format.ofError(parameters));
  }

  /**
   * Writes an error reply with its true status to an upload that requested a reply: its sender is a
   * script, which must not mistake a refusal for a success.
   */
  public void refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      Parameters parameters,
      ApiException error)
      throws IOException {
    String level = callers.unknown().level().id();
    write(request, response, Format.ofError(parameters), level, error, error.status());
  }

  /** Writes an error reply to a call that a limit refuses. */
  public void refuseCall(
      HttpServletRequest request, HttpServletResponse response, ApiException error)
      throws IOException {
    Format format = formatOfError(Parameters.ofReadableQuery(request));
    int status = isRunByBrowsers(request, format) ? HttpServletResponse.SC_OK : error.status();
    write(request, response, format, levelOf(request), error, status);
  }

  /**
   * Writes an error reply with its true status to a request that no method handled or could read:
   * its query names the format, or its header at a door for files, unless {@link BrokenBody} knows
   * better.
   */
  public void refuse(HttpServletRequest request, HttpServletResponse response, ApiException error)
      throws IOException {
    Format said = BrokenBody.format(request);
    Format format = said == null ? Format.ofError(UploaderReply.shapeOfRefused(request)) : said;
    write(request, response, format, levelOf(request), error, error.status());
  }

  /** Writes an error reply as JSON, always with its own status: for clients that go by it alone. */
  public void writeJson(
      HttpServletRequest request, HttpServletResponse response, ApiException error)
      throws IOException {
    // To tus, a Bearer key is an upload token.
    String level = callers.unknown().level().id();
    write(request, response, Format.JSON, level, error, error.status());
  }

  /** Writes an ok reply as JSON to a caller whose permission is a token. */
  public void writeJson(HttpServletRequest request, HttpServletResponse response, Reply reply)
      throws IOException {
    write(request, response, Format.JSON, callers.unknown(), reply, null);
  }

  /**
   * Makes the body of an ok reply, which uses the request's memory when it is long.
   *
   * @throws slipway.http.limit.MemoryFullException when there is no room for it
   * @throws ReplyBody.TooLongException when it is longer than replies are
   */
  ReplyBody body(HttpServletRequest request, Format format, Caller caller, Reply reply)
      throws IOException {
    return body(format, text(request, format, caller, reply), RequestMemory.of(request));
  }

  /** Sends the body of an ok reply. */
  void send(HttpServletResponse response, Format format, ReplyBody body) throws IOException {
    send(response, HttpServletResponse.SC_OK, format, body);
  }

  private void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Format format,
      Caller caller,
      Reply reply,
      RequestMemory.Lease memory)
      throws IOException {
    send(response, format, body(format, text(request, format, caller, reply), memory));
  }

  private ReplyBody.Text text(
      HttpServletRequest request, Format format, Caller caller, Reply reply) {
    String level = caller.level().id();
    return format.json()
        ? JsonReply.of(
            reply, level, site(request), endpoint(request), UploaderReply.isAtDoor(request))
        : XmlReply.of(reply, level);
  }

  /** Writes an error reply of a method. */
  void write(
      HttpServletRequest request, HttpServletResponse response, Format format, ApiException error)
      throws IOException {
    boolean isGood = always200() || isRunByBrowsers(request, format);
    int status = isGood ? HttpServletResponse.SC_OK : error.status();
    write(request, response, format, levelOf(request), error, status);
  }

  /**
   * Whether a page may have called by a script element, which runs the answer only with a status of
   * success.
   */
  private static boolean isRunByBrowsers(HttpServletRequest request, Format format) {
    return format.isScript() && request.getMethod().equals("GET");
  }

  @SuppressWarnings("ReferenceEquality") // Plain text is one form.
  private static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Format format,
      String level,
      ApiException error,
      int status)
      throws IOException {
    String said = error.isForVisitors() ? error.message(language(request)) : null;
    ReplyBody.Text text =
        format == Format.TEXT
            ? out -> out.write(said == null ? error.getMessage() : said)
            : format.json()
                ? JsonReply.of(
                    error, said, level, endpoint(request), UploaderReply.isAtDoor(request))
                : XmlReply.of(error, said, level);
    if (error.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Long.toString(error.retryAfterSeconds()));
    }
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.addHeader("WWW-Authenticate", "Bearer realm=\"api\"");
      response.addHeader("WWW-Authenticate", "OAuth realm=\"api\"");
    }
    send(response, status, format, body(format, text, null));
  }

  /** The language of anyone who sent a request. */
  public static Language language(HttpServletRequest request) {
    return Language.of(request.getHeaders("Accept-Language"));
  }

  /** The path that was called, also within the error page for it. */
  private static String endpoint(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (failed != null) {
      return failed.toString();
    }
    return path(request);
  }

  /** The path of a request, decoded, without that of the application. */
  public static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  private static ReplyBody body(Format format, ReplyBody.Text text, RequestMemory.Lease memory)
      throws IOException {
    ReplyBody body = new ReplyBody(memory);
    body.add(
        out -> {
          out.write(format.prefix());
          text.writeTo(out);
          out.write(format.suffix());
        });
    return body;
  }

  private static void send(HttpServletResponse response, int status, Format format, ReplyBody body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(format.contentType() + "; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.size());
    body.sendTo(response.getOutputStream());
  }
}
