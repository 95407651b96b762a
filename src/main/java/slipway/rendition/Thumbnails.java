package slipway.rendition;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import slipway.health.BusyException;
import slipway.media.LocalFile;
import slipway.media.Previews;
import slipway.media.decoder.DecodedPicture;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionSize;

/** Makes small pictures of files that are no photos, one at a time. For many threads. */
public final class Thumbnails {
  /** Bytes of one. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MOST_WAIT_SECONDS = 10;

  private final Previews previews;
  private final Semaphore turn = new Semaphore(1, true);

  /** Makes them from pictures decoded by that. */
  public Thumbnails(Previews previews) {
    this.previews = previews;
  }

  /**
   * Makes one.
   *
   * @param contentType MIME type of the picture, by content
   * @return a JPEG or PNG, as wide as the rendition {@code standard} at most, and without metadata
   * @throws NoPreviewException when there is no picture in it, or it takes too much
   * @throws BusyException when too many are made
   */
  public byte[] of(LocalFile picture, String contentType)
      throws IOException, NoPreviewException, InterruptedException {
    if (!turn.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new BusyException("Too many thumbnails are made");
    }
    try {
      return make(picture, contentType);
    } finally {
      turn.release();
    }
  }

  private byte[] make(LocalFile file, String contentType)
      throws IOException, NoPreviewException, InterruptedException {
    int most = RenditionSize.STANDARD.most();
    try (DecodedPicture picture = previews.of(file.path(), contentType, most)) {
      RenditionSize.Dimensions size =
          RenditionSize.STANDARD.of(picture.facts().width(), picture.facts().height());
      byte[] thumbnail =
          Files.readAllBytes(picture.rendition("thumbnail", size.width(), size.height(), false));
      if (thumbnail.length > MAX_BYTES) {
        throw NoPreviewException.broken("The picture's thumbnail would be too large.");
      }
      return thumbnail;
    }
  }
}
