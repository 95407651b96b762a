package slipway.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.disk.UseOfReserve;
import slipway.health.BusyException;
import slipway.health.Nuisance;
import slipway.health.TextTooLongException;
import slipway.health.UnavailableException;
import slipway.http.limit.MemoryFullException;

/** One method of the API: authenticates the caller, calls the method, answers in XML or JSON. */
public abstract class ApiServlet extends HttpServlet implements NeedsLevel, HasParameters {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  /** While something is unreachable, each call fails; this logs it once. */
  private static final Nuisance UNAVAILABLE = new Nuisance();

  private static final String LATER = "Something went wrong here; try again later.";
  private static final int RETRY_SECONDS = 5;
  private static final String METHODS = "GET, POST, OPTIONS";
  private static final String READING_METHODS = "GET, HEAD, POST, OPTIONS";

  private final transient Api api;
  private final PermissionLevel required;
  private final transient Cors cors;

  /** The result of {@link #parameters}; null until first needed. */
  private transient volatile Declaration declaration;

  /**
   * A method.
   *
   * @param required the least level that may call it
   */
  protected ApiServlet(Api api, PermissionLevel required) {
    this(api, required, Cors.NONE);
  }

  /**
   * A method that pages of other origins may call.
   *
   * @param required the least level that may call it
   */
  protected ApiServlet(Api api, PermissionLevel required, Cors cors) {
    this.api = api;
    this.required = required;
    this.cors = cors;
  }

  @Override
  public final PermissionLevel required() {
    return required;
  }

  /** How pages of other origins may call it. */
  public final Cors cors() {
    return cors;
  }

  /**
   * Does what the method is for.
   *
   * @throws ApiException to be answered as an error reply
   */
  protected abstract Reply answer(ApiCall call) throws ApiException, IOException;

  /** Whether its replies may be long, as lists with whole descriptions are. */
  protected boolean isLong() {
    return false;
  }

  /** Whether it changes nothing, and so answers HEAD as well: lists do. */
  protected boolean isReading() {
    return isLong();
  }

  /**
   * Whether callers below {@code write} may have it change something without a secret. They must
   * call it by POST, as an image on any page would make the page's visitors call it by GET.
   */
  protected boolean isForVisitors() {
    return required == PermissionLevel.ANONYMOUS && !isReading();
  }

  /**
   * Whether it answers people in their browsers: it sends them on, and what goes wrong is told as
   * plain text, unless {@code format} asks for a reply.
   */
  protected boolean isForPeople() {
    return false;
  }

  /**
   * Whether it frees space or revokes a permission: it works on a full disk, too, on the space that
   * is kept in reserve.
   */
  protected boolean isOnReserve() {
    return false;
  }

  /** The HTTP methods that it accepts, in the form of the header {@code Allow}. */
  public final String allowed() {
    return isReading() ? READING_METHODS : METHODS;
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Allow", allowed());
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    ParameterReader reader = new ParameterReader(request);
    Parameters parameters;
    try {
      parameters = reader.read();
    } catch (ApiException e) {
      api.write(request, response, reader.soFar(), e);
      return;
    }
    answer(request, response, parameters);
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, Parameters parameters)
      throws IOException {
    boolean isForPeople = isForPeople() && !Api.isAskedForReply(parameters);
    Format format = isForPeople ? Format.TEXT : api.formatOfError(parameters);
    try {
      Caller caller = api.caller(request, parameters);
      api.checkFormat(request, parameters);
      checkMethod(request, response);
      checkLevel(caller);
      checkPost(request, response, caller);
      ApiCall.OriginCheck origin = allowed -> cors.check(request, response, allowed);
      Parameters declared = parameters.declaring(declaration());
      declared.checkRefused();
      BrowserCall browser = api.browser(request, response);
      ApiCall call = new ApiCall(declared, caller, api.site(request), origin, browser);
      if (isForPeople) {
        sendOn(call, response);
        return;
      }
      ReplyBody body;
      try (LongReplies.Permit permit = isLong() ? LongReplies.take() : LongReplies.NONE) {
        Reply reply = done(call);
        if (call.browser().picture() != null) {
          call.browser().picture().sendTo(response);
          return;
        }
        body = api.body(request, format, caller, reply);
      }
      api.send(response, format, body);
    } catch (ApiException e) {
      api.write(request, response, format, e);
    } catch (ReplyBody.TooLongException e) {
      api.write(request, response, format, new ApiException(ErrorCode.TOO_LARGE, e.getMessage()));
    } catch (TextTooLongException e) {
      api.write(
          request, response, format, new ApiException(ErrorCode.INVALID_INPUT, e.getMessage()));
    } catch (MemoryFullException e) {
      api.write(request, response, format, ApiException.busy());
    } catch (BusyException e) {
      api.write(request, response, format, ApiException.busy());
    } catch (UnavailableException e) {
      api.write(request, response, format, unavailable(request, e));
    } catch (RuntimeException e) {
      LOG.error("{} failed", request.getServletPath(), e);
      api.write(request, response, format, serverError());
    }
  }

  private Declaration declaration() {
    Declaration made = declaration;
    if (made == null) {
      made = Declaration.of(parameters());
      declaration = made;
    }
    return made;
  }

  private Reply done(ApiCall call) throws ApiException, IOException {
    if (!isOnReserve()) {
      return answer(call);
    }
    try (UseOfReserve allowed = UseOfReserve.allow()) {
      return answer(call);
    }
  }

  /** The target may change, and the next call may get another one: no cache may keep it. */
  private void sendOn(ApiCall call, HttpServletResponse response) throws ApiException, IOException {
    done(call);
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", call.browser().sentOn());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setContentLength(0);
  }

  /** A full disk is logged once already, and so is what is unreachable. */
  private static ApiException unavailable(HttpServletRequest request, UnavailableException why) {
    if (why.isDiskFull()) {
      return ApiException.diskFull();
    }
    if (UNAVAILABLE.isNews(why)) {
      LOG.error(
          "{} could not be done now, and others will fail for the same reason",
          request.getServletPath(),
          why);
    } else {
      LOG.debug("{} could not be done now", request.getServletPath(), why);
    }
    return ApiException.tryLater(LATER, RETRY_SECONDS);
  }

  private static ApiException serverError() {
    return new ApiException(ErrorCode.SERVER_ERROR, LATER);
  }

  /** HEAD is refused where it could change something, as the platform's methods do on GET. */
  private void checkMethod(HttpServletRequest request, HttpServletResponse response)
      throws ApiException {
    String method = request.getMethod();
    boolean isTaken =
        method.equals("GET") || method.equals("POST") || (method.equals("HEAD") && isReading());
    if (!isTaken) {
      response.setHeader("Allow", allowed());
      throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method must be GET or POST.");
    }
  }

  private void checkPost(HttpServletRequest request, HttpServletResponse response, Caller caller)
      throws ApiException {
    if (isForVisitors()
        && !caller.level().includes(PermissionLevel.WRITE)
        && !request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST, OPTIONS");
      throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method must be POST.");
    }
  }

  private void checkLevel(Caller caller) throws ApiException {
    if (!caller.level().includes(required)) {
      throw ApiException.denied(required, caller);
    }
  }
}
