package slipway.http.photo;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.disk.DiskNews;
import slipway.disk.FullDisk;
import slipway.http.ApiException;

/** The answer if a picture cannot be made or read now for a reason other than its file. */
public final class NoPictureNow {
  private static final Logger LOG = LoggerFactory.getLogger(NoPictureNow.class);
  private static final int RETRY_SECONDS = 30;

  private NoPictureNow() {}

  /** The answer: 507 where the disk is full, of which the log is told once; else 503. */
  public static ApiException because(IOException failure) {
    if (FullDisk.isReasonOf(failure)) {
      DiskNews.OF_PICTURES.full();
      return ApiException.diskFull();
    }
    LOG.warn("A picture cannot be made now: {}", failure.toString());
    LOG.debug("As follows", failure);
    return ApiException.tryLater(
        "The picture could not be made now; please try again later.", RETRY_SECONDS);
  }
}
