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
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadServlet;
import slipway.photo.Photo;
import slipway.upload.DirectUpload;

/** A method that a server sends a file to: a multipart form with the field {@code file}. */
abstract class FileServlet extends UploadServlet implements NeedsLevel {
  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient DirectUploads uploads;

  FileServlet(Door door, Api api, DirectUploads uploads) {
    super(door);
    this.api = api;
    this.uploads = uploads;
  }

  @Override
  public final PermissionLevel required() {
    return PermissionLevel.WRITE;
  }

  /** What is said of a photo that the method made or changed. */
  abstract Reply reply(Photo photo);

  /** Does with the file what the method is for. */
  abstract Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Allow", allowed());
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    RequestBody body = new RequestBody(request.getInputStream());
    FileForm form = new FileForm(request, body, uploads.limits());
    try {
      if (!request.getMethod().equals("POST")) {
        response.setHeader("Allow", allowed());
        throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method must be POST.");
      }
      Caller caller = api.caller(request);
      if (!caller.level().includes(required())) {
        throw ApiException.denied(required());
      }
      Photo photo = receive(request, form, caller);
      api.write(request, response, form.parameters(), caller, reply(photo));
    } catch (ClientGoneException e) {
      BrokenBody.answeredAs(request, form.parameters());
      throw e;
    } catch (ApiException | IOException | RuntimeException e) {
      fail(request, response, form, UploadFailure.error(e));
    }
  }

  private Photo receive(HttpServletRequest request, FileForm form, Caller caller)
      throws ApiException, IOException {
    try (DirectUpload upload = uploads.begin(request.getContentLengthLong())) {
      form.readInto(upload);
      api.checkFormat(request, form.parameters());
      Parameters declared = form.parameters().declaring(parameters());
      declared.checkRefused();
      return act(declared, caller, upload);
    }
  }

  private void fail(
      HttpServletRequest request, HttpServletResponse response, FileForm form, ApiException error)
      throws IOException {
    form.readOff();
    response.setHeader("Connection", "close");
    api.writeUploadError(request, response, form.parameters(), error);
  }
}
