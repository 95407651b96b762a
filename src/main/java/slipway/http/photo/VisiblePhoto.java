package slipway.http.photo;

import java.time.Clock;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.photo.Photo;
import slipway.photo.Photos;

/**
 * Looks up photos that a call is about. Only callers of level {@code read} learn about one that the
 * public does not see.
 *
 * @param clock tells whether its time of publication has come
 */
public record VisiblePhoto(Photos photos, Clock clock) {
  /** The token that lets anybody ask about a photo. */
  public static final Parameter<String> TOKEN =
      Parameter.text("token")
          .words(
              "The photo's token; not needed where the public sees the photo, or with a key of level"
                  + " read.");

  private static final String GIVE_TOKEN = "give its token, or a key of level read.";

  /**
   * The photo that photo_id names, for anyone who knows its token or may see it.
   *
   * @throws ApiException when there is none, the token belongs to another, or the caller may not
   */
  public Photo of(ApiCall call) throws ApiException {
    long photoId = PhotoParameter.ID.of(call.parameters());
    String token = TOKEN.of(call.parameters());
    if (!token.isEmpty()) {
      return photos
          .find(photoId, token)
          .orElseThrow(
              () ->
                  new ApiException(
                      ErrorCode.INVALID_PHOTO_TOKEN, "No photo has this photo_id and token."));
    }
    if (!call.caller().level().includes(PermissionLevel.ANONYMOUS)) {
      throw new ApiException(
          ErrorCode.TOKEN_REQUIRED, "Give the photo's token, or a key of level read.");
    }
    return find(photoId, call.caller(), GIVE_TOKEN);
  }

  /**
   * Checks that there is a photo of that number, and that the caller may know of it.
   *
   * @throws ApiException when there is none, or the caller may not
   */
  public void check(long photoId, Caller caller) throws ApiException {
    find(photoId, caller, "this requires a key of level read.");
  }

  /** Whether the public sees it: it is published, and its time of publication has come. */
  public boolean isPublic(Photo photo) {
    return photo.published() && !photo.publishedAt().isAfter(clock.instant());
  }

  private Photo find(long photoId, Caller caller, String what) throws ApiException {
    Photo photo = PhotoParameter.find(photos, photoId);
    if (!isPublic(photo) && !caller.level().includes(PermissionLevel.READ)) {
      throw new ApiException(ErrorCode.TOKEN_REQUIRED, "This photo is not published: " + what);
    }
    return photo;
  }
}
