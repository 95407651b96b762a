package slipway.http.photo;

import java.io.IOException;
import slipway.disk.DiskNews;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;

/** Pictures that are made while their caller waits, and the answers if there is none. */
public final class PictureMaking {
  private PictureMaking() {}

  /** Makes a picture. */
  @FunctionalInterface
  public interface Maker<T> {
    /** Makes it, or fails with the reason. */
    T make() throws ApiException, IOException, NoPreviewException, InterruptedException;
  }

  /**
   * Fails if no pictures are made at all.
   *
   * @param areMade whether they are
   */
  public static void check(boolean areMade) throws ApiException {
    if (!areMade) {
      throw new ApiException(
          ErrorCode.ERROR_PROCESSING_UPLOAD,
          "No pictures are made here: slipway.rendition.threads is 0.");
    }
  }

  /** The picture from the maker, and notes that there was space on the disk. */
  public static <T> T made(Maker<T> maker) throws ApiException {
    T made = shown(maker);
    DiskNews.OF_PICTURES.roomy();
    return made;
  }

  /** The picture that the maker makes, or has already. */
  static <T> T shown(Maker<T> maker) throws ApiException {
    try {
      return maker.make();
    } catch (NoPreviewException e) {
      if (e.obstacle() == Obstacle.TIME) {
        throw VideoTime.nothingThere();
      }
      throw new ApiException(ErrorCode.ERROR_PROCESSING_UPLOAD, e.getMessage());
    } catch (IOException e) {
      throw NoPictureNow.because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.busy();
    }
  }
}
