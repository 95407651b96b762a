package slipway.http.aside;

import java.io.IOException;
import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadReply;
import slipway.photo.Photo;
import slipway.upload.Reinstatement;

/**
 * {@code set-aside/restore}: makes an unpublished photo of a file that was set aside, which belongs
 * to the caller's user, if it has one.
 */
public final class RestoreAside extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<String> FILE =
      Parameter.text("file_id", 100)
          .required("the id of a file")
          .words("The file, as set-aside/list names it.");

  private final transient Reinstatement reinstatement;

  /** The method, with the part it works on. */
  public RestoreAside(Api api, Reinstatement reinstatement) {
    super(api, PermissionLevel.ADMIN);
    this.reinstatement = reinstatement;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(FILE);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException, IOException {
    String id = FILE.of(call.parameters());
    return Reply.of("The file was restored", "upload", UploadReply.identity(restored(id, call)));
  }

  private Photo restored(String id, ApiCall call) throws ApiException, IOException {
    try {
      return reinstatement
          .restore(id, call.caller().userId())
          .orElseThrow(
              () ->
                  new ApiException(
                      ErrorCode.NO_SUCH_FILE, "No file that is set aside has this file_id."));
    } catch (IOException e) {
      throw UploadFailure.error(e);
    }
  }
}
