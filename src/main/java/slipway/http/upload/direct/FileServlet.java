package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import slipway.auth.Caller;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.upload.Door;
import slipway.photo.Photo;
import slipway.upload.DirectUpload;

/** A method that a server sends a photo or video to: a form with the field {@code file}. */
abstract class FileServlet extends FormServlet {
  private static final long serialVersionUID = 1L;

  private final transient DirectUploads uploads;

  FileServlet(Door door, Api api, DirectUploads uploads) {
    super(door, api, uploads.limits());
    this.uploads = uploads;
  }

  /** The metadata of a photo that the method made or changed. */
  abstract Reply reply(Photo photo);

  /**
   * Refuses what the fields before the file are wrong in, so that none of it is stored first.
   *
   * @param before those fields; others may follow the file
   */
  abstract void check(Parameters before, Caller caller) throws ApiException;

  /** Carries out the method with the file. */
  abstract Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException;

  @Override
  final Reply take(HttpServletRequest request, FileForm form, Caller caller)
      throws ApiException, IOException {
    try (DirectUpload upload = uploads.begin(request.getContentLengthLong())) {
      form.readInto(
          file -> {
            check(declared(request, form), caller);
            return upload.file(file);
          });
      return reply(act(declared(request, form), caller, upload));
    }
  }
}
