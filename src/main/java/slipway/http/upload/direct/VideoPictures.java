package slipway.http.upload.direct;

import java.io.IOException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.photo.HeldPhoto;
import slipway.http.photo.PictureMaking;
import slipway.http.photo.VideoTime;
import slipway.media.LocalFile;
import slipway.photo.Photo;
import slipway.rendition.Posters;
import slipway.upload.DirectUpload;

/**
 * Sets the pictures that represent videos.
 *
 * @param posters makes them
 * @param areMade whether renditions are made here at all
 */
public record VideoPictures(Posters posters, boolean areMade) {
  private static final int RETRY_SECONDS = 10;

  /** Uses the frame of a video at that time, in milliseconds from its start. */
  void take(Photo video, long millis) throws ApiException {
    HeldPhoto.check(video);
    VideoTime.check(VideoTime.MILLIS.name(), millis, video);
    check(() -> posters.take(video, millis));
  }

  /** Uses the uploaded picture. */
  void take(Photo video, DirectUpload upload, boolean crop) throws ApiException, IOException {
    HeldPhoto.check(video);
    if (crop && (video.width() == null || video.height() == null)) {
      throw new ApiException(
          ErrorCode.ERROR_PROCESSING_UPLOAD,
          "The size of the video is not known, so crop_p must be 0: ffmpeg finds the size once the"
              + " pictures of the video are made.");
    }
    try (LocalFile file = upload.lend()) {
      String type = upload.type().orElseThrow();
      check(() -> posters.take(video, file, type, crop));
    }
  }

  /**
   * Sets a poster.
   *
   * @param taking sets it; returns false while the video's own pictures are being made
   */
  private void check(PictureMaking.Maker<Boolean> taking) throws ApiException {
    PictureMaking.check(areMade);
    PictureMaking.made(
        () -> {
          if (!taking.make()) {
            throw ApiException.tryLater(
                "The video's own pictures are being made; please try again soon.", RETRY_SECONDS);
          }
          return true;
        });
  }
}
