package slipway.http.photo;

import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.photo.Photo;
import slipway.photo.Photos;

/** The parameter photo_id of the methods on one photo. */
public final class PhotoParameter {
  /** The parameter, which is required. */
  public static final Parameter<Long> ID =
      Parameter.id("photo_id").required("the number of a photo").words("The photo.");

  private PhotoParameter() {}

  /** The photo that photo_id names, which must be given. */
  public static Photo required(Photos photos, Parameters parameters) throws ApiException {
    return find(photos, ID.of(parameters));
  }

  /** Refuses a photo_id of no photo; none may be given yet. */
  public static void check(Photos photos, Parameters soFar) throws ApiException {
    if (ID.find(soFar).isPresent()) {
      required(photos, soFar);
    }
  }

  /** The video that photo_id names, which must be given: for what goes with its time. */
  public static Photo video(Photos photos, Parameters parameters) throws ApiException {
    Photo video = required(photos, parameters);
    if (!video.isVideo()) {
      throw ApiException.invalid(ID.name(), "the number of a video");
    }
    return video;
  }

  static Photo find(Photos photos, long id) throws ApiException {
    return photos.find(id).orElseThrow(PhotoParameter::missing);
  }

  static ApiException missing() {
    return new ApiException(ErrorCode.NO_SUCH_PHOTO, "No photo has this photo_id.");
  }
}
