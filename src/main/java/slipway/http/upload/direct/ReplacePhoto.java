package slipway.http.upload.direct;

import java.io.IOException;
import java.util.List;
import slipway.auth.Caller;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.upload.Door;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadReply;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.upload.DirectUpload;

/** {@code photo/replace}: a site's own server sends another file for a photo. */
public final class ReplacePhoto extends FileServlet {
  private static final long serialVersionUID = 1L;

  /** Where servers send files to. */
  public static final Door DOOR = Door.at("/api/photo/replace", "POST");

  private final transient Photos photos;

  /** The method, with the parts it works on. */
  public ReplacePhoto(Api api, DirectUploads uploads, Photos photos) {
    super(DOOR, api, uploads);
    this.photos = photos;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        UploadParameters.FILE,
        Parameter.refused("time", "a video's picture is made where its own is"),
        Parameter.refused("crop_p", "files are kept as they are sent"));
  }

  @Override
  Reply reply(Photo photo) {
    return Reply.of("The photo was replaced", "photo", UploadReply.identity(photo));
  }

  @Override
  Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException {
    return upload.replace(PhotoParameter.required(photos, parameters).photoId());
  }
}
