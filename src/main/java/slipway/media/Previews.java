package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import slipway.media.pictures.Codecs;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.Pictures;
import slipway.media.pictures.Preview;
import slipway.media.pictures.TimedDecoding;
import slipway.media.video.VideoTools;
import slipway.media.video.Videos;

/** Makes pictures from files, of whatever kind they are. */
public final class Previews {
  private final Pictures pictures;
  private final Videos videos;

  /**
   * Makes them within these limits.
   *
   * @param maxPixels of a picture, by its header
   * @param most how long a picture may take to decode
   * @param video for videos
   */
  public Previews(long maxPixels, Duration most, VideoTools video) {
    this.pictures = new Pictures(new Codecs(), new TimedDecoding(most), maxPixels);
    this.videos = new Videos(video, pictures, maxPixels);
  }

  /**
   * The picture of a file.
   *
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   * @throws NoPreviewException when there is none, now or later
   * @throws IOException when it failed this time
   */
  public Preview of(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    return contentType.startsWith("video/")
        ? videos.preview(file, contentType, maxWidth)
        : pictures.preview(file, contentType, maxWidth);
  }

  /** Whether there are pictures of videos: that takes ffmpeg and ffprobe. */
  public boolean takeVideos() {
    return videos.areReadable();
  }
}
