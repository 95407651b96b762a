package slipway.http.photo;

import java.time.Clock;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.photo.Photo;
import slipway.photo.Photos;

/**
 * Photos that are named to ask for something else. What is told of one that the public does not see
 * is for callers of level {@code read}.
 *
 * @param clock tells whether its publication has come
 */
public record VisiblePhoto(Photos photos, Clock clock) {
  /**
   * Checks that there is a photo of that number, which the caller may know of.
   *
   * @throws ApiException when there is none, or the caller may not
   */
  public void check(long photoId, Caller caller) throws ApiException {
    Photo photo = PhotoParameter.find(photos, photoId);
    boolean isPublic = photo.published() && !photo.publishedAt().isAfter(clock.instant());
    if (!isPublic && !caller.level().includes(PermissionLevel.READ)) {
      throw new ApiException(
          ErrorCode.TOKEN_REQUIRED, "This photo is not published: this takes a key of level read.");
    }
  }
}
