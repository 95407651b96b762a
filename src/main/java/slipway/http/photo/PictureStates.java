package slipway.http.photo;

import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.photo.Photo;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionState;

/**
 * Why a photo has no picture: it has yet to be made, or there will be none.
 *
 * @param queue the queue of the renditions
 * @param areMade whether renditions are made here at all
 * @param areScanned whether a virus scanner has to release files first
 */
public record PictureStates(RenditionQueue queue, boolean areMade, boolean areScanned) {
  private static final int RETRY_SECONDS = 5;

  /** The answer in place of a missing picture. */
  ApiException noPicture(Photo photo) {
    if (photo.isHeld()) {
      return HeldPhoto.because(photo);
    }
    Optional<RenditionQueue.Status> status = queue.status(photo.photoId());
    if (status.isEmpty()) {
      return PhotoParameter.missing();
    }
    RenditionState state = status.get().state();
    if (state == RenditionState.FAILED || state == RenditionState.ORIGINAL_ONLY) {
      return none("This photo has no picture: " + status.get().reason());
    }
    if (state == RenditionState.WAITING && !areMade) {
      return none("No pictures are made here: slipway.rendition.threads is 0.");
    }
    return ApiException.tryLater("There is no picture of this photo yet.", RETRY_SECONDS);
  }

  private static ApiException none(String words) {
    return new ApiException(ErrorCode.ERROR_PROCESSING_UPLOAD, words);
  }
}
