package slipway.http.upload.direct;

import java.io.IOException;
import slipway.disk.DiskNews;
import slipway.health.BusyException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.photo.NoPictureNow;
import slipway.http.photo.VideoTime;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;

/** Pictures that are made while their caller waits, and what is answered where there is none. */
final class PictureMaking {
  private PictureMaking() {}

  /** What makes one. */
  @FunctionalInterface
  interface Maker<T> {
    T make() throws ApiException, IOException, NoPreviewException, InterruptedException;
  }

  /**
   * Fails where no pictures are made at all.
   *
   * @param areMade whether they are
   */
  static void check(boolean areMade) throws ApiException {
    if (!areMade) {
      throw new ApiException(
          ErrorCode.ERROR_PROCESSING_UPLOAD,
          "No pictures are made here: slipway.rendition.threads is 0.");
    }
  }

  /** What the maker makes. */
  static <T> T made(Maker<T> maker) throws ApiException {
    try {
      T made = maker.make();
      DiskNews.OF_PICTURES.roomy();
      return made;
    } catch (NoPreviewException e) {
      if (e.obstacle() == Obstacle.TIME) {
        throw VideoTime.nothingThere();
      }
      throw new ApiException(ErrorCode.ERROR_PROCESSING_UPLOAD, e.getMessage());
    } catch (BusyException e) {
      throw ApiException.busy();
    } catch (IOException e) {
      throw NoPictureNow.because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.busy();
    }
  }
}
