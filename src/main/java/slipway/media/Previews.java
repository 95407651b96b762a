package slipway.media;

import java.io.IOException;
import java.nio.file.Path;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.decoder.Decoders;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoTools;
import slipway.media.video.Videos;

/**
 * Makes pictures from files, of whatever kind they are. What looks into a file is a process of its
 * own, so that no file takes the server's memory.
 */
public final class Previews implements AutoCloseable {
  private static final String VIDEOS = "video/";
  private static final String PICTURES = "image/";

  private final Decoders decoders;
  private final Videos videos;

  /**
   * Makes them within these limits.
   *
   * @param work a folder for what is written in between, which is emptied
   */
  public Previews(Path work, DecoderLimits pictures, VideoTools video) throws IOException {
    WorkFolder folder = new WorkFolder(work);
    folder.clear();
    this.decoders = new Decoders(pictures, folder);
    this.videos = new Videos(video, decoders, folder, pictures.maxPixels());
  }

  /**
   * The picture of a file.
   *
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   * @return the picture, to be closed
   * @throws NoPreviewException when there is none, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  public DecodedPicture of(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    if (contentType.startsWith(VIDEOS)) {
      return videos.preview(file, contentType, maxWidth);
    }
    if (contentType.startsWith(PICTURES)) {
      return decoders.decode(file, contentType, maxWidth);
    }
    throw NoPreviewException.keptAsItIs(contentType);
  }

  /** Whether there are pictures of videos: that takes ffmpeg and ffprobe. */
  public boolean takeVideos() {
    return videos.areReadable();
  }

  /** There is nothing to do: ends the processes that have had nothing to do for a while. */
  public void rest() {
    decoders.rest();
  }

  /** Ends the processes that have nothing to do. */
  @Override
  public void close() {
    decoders.close();
  }
}
