package slipway.http.upload.direct;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import slipway.auth.Caller;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.photo.VideoTime;
import slipway.http.upload.Door;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadReply;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.upload.DirectUpload;

/**
 * {@code photo/replace}: a site's own server sends another file for a photo, or another picture
 * that stands for a video: as a file, or by the time of a frame.
 */
public final class ReplacePhoto extends FileServlet {
  private static final long serialVersionUID = 1L;

  /** The door for files from servers; a call without a file is a call like any other. */
  public static final Door DOOR = Door.at("/api/photo/replace", "GET", "POST");

  private static final Parameter<Long> TIME =
      VideoTime.MILLIS.words(
          "For a video, and without a file: the frame at this time, in seconds from its start, becomes its"
              + " picture.");
  private static final Parameter<Boolean> CROP =
      Parameter.flag("crop_p")
          .orElse(false)
          .words(
              "1, with a picture for a video: the picture is cropped, around its middle, to the proportions of the"
                  + " video.");

  private final transient Photos photos;
  private final transient VideoPictures pictures;

  /** The method, with the parts it works on. */
  public ReplacePhoto(Api api, DirectUploads uploads, Photos photos, VideoPictures pictures) {
    super(DOOR, api, uploads);
    this.photos = photos;
    this.pictures = pictures;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        Parameter.file(UploadParameters.FILE.name())
            .words("Required if there is no time; in a multipart form."),
        TIME,
        CROP);
  }

  @Override
  public boolean takesUrlEncoded() {
    return true;
  }

  @Override
  Reply reply(Photo photo) {
    return Reply.of("The photo was replaced", "photo", UploadReply.identity(photo));
  }

  @Override
  void check(Parameters before, Caller caller) throws ApiException {
    PhotoParameter.check(photos, before);
    CROP.of(before);
    if (TIME.find(before).isPresent()) {
      throw timeIsAlone();
    }
  }

  private static ApiException timeIsAlone() {
    return ApiException.invalid(TIME.name(), "given for a video, and without a file");
  }

  @Override
  Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException {
    Photo photo = PhotoParameter.required(photos, parameters);
    Optional<Long> millis = TIME.find(parameters);
    boolean crop = CROP.of(parameters);
    boolean isPicture = upload.type().filter(type -> type.startsWith("image/")).isPresent();
    if (millis.isPresent()) {
      if (!photo.isVideo() || upload.type().isPresent()) {
        throw timeIsAlone();
      }
      if (crop) {
        throw ApiException.invalid(
            CROP.name(), "0 with a time: a frame has the proportions of its video");
      }
      pictures.take(photo, millis.get());
    } else if (photo.isVideo() && isPicture) {
      pictures.take(photo, upload, crop);
    } else if (crop) {
      throw ApiException.invalid(
          CROP.name(), "1 only with a picture for a video: other files are kept as they are sent");
    } else {
      return upload.replace(photo.photoId());
    }
    return photo;
  }
}
