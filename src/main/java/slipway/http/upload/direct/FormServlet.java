package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.ErrorCode;
import slipway.http.NeedsLevel;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.RequestBody;
import slipway.http.RequestBody.ClientGoneException;
import slipway.http.upload.Door;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadServlet;

/** A method that a server sends a multipart form to, with a file of any kind. */
abstract class FormServlet extends UploadServlet implements NeedsLevel {
  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient FormLimits limits;

  FormServlet(Door door, Api api, FormLimits limits) {
    super(door);
    this.api = api;
    this.limits = limits;
  }

  @Override
  public final PermissionLevel required() {
    return PermissionLevel.WRITE;
  }

  /** Reads the form, carries out the method, and returns the outcome. */
  abstract Reply take(HttpServletRequest request, FileForm form, Caller caller)
      throws ApiException, IOException;

  /**
   * The parameters of the form, once it is read, of which the method reads those that it declares.
   *
   * @throws ApiException when it has a parameter that is refused, or requests an unknown format
   */
  final Parameters declared(HttpServletRequest request, FileForm form) throws ApiException {
    api.checkFormat(request, form.shape());
    Parameters declared = form.parameters().passingOver(request).declaring(parameters());
    declared.checkRefused();
    return declared;
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Allow", allowed(request));
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.addHeader("Vary", "Accept");
    RequestBody body = new RequestBody(request.getInputStream());
    FileForm form = new FileForm(request, body, limits);
    try {
      if (!door().methods().contains(request.getMethod())) {
        response.setHeader("Allow", allowed(request));
        throw new ApiException(
            ErrorCode.METHOD_NOT_ALLOWED,
            "The method must be " + String.join(" or ", door().methods()) + ".");
      }
      Caller caller = caller(request, form);
      if (!caller.level().includes(required())) {
        throw ApiException.denied(required(), caller);
      }
      form.checkType(takesUrlEncoded());
      Reply reply = take(request, form, caller);
      api.write(request, response, form.shape(), caller, reply);
    } catch (ClientGoneException e) {
      BrokenBody.answeredAs(request, form.shape());
      throw e;
    } catch (ApiException | IOException | RuntimeException e) {
      fail(request, response, form, UploadFailure.error(e));
    }
  }

  /** In a urlencoded form, a signature covers the fields, too, or is among them. */
  private Caller caller(HttpServletRequest request, FileForm form)
      throws ApiException, IOException {
    if (form.isMultipart() || !(takesUrlEncoded() || form.isUrlEncoded())) {
      return api.caller(request);
    }
    Parameters fields;
    try {
      fields = form.readPlain();
    } catch (ApiException e) {
      form.checkType(takesUrlEncoded());
      throw e;
    }
    return api.caller(request, fields);
  }

  private void fail(
      HttpServletRequest request, HttpServletResponse response, FileForm form, ApiException error)
      throws IOException {
    form.readOff();
    response.setHeader("Connection", "close");
    api.writeUploadError(request, response, form.shape(), error);
  }
}
