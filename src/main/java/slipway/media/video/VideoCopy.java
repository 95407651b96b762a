package slipway.media.video;

import java.nio.file.Path;
import slipway.media.program.WorkFolder;

/**
 * A copy of a video that every browser plays, until it is closed.
 *
 * @param file an MP4
 * @param width pixels
 * @param height pixels
 * @param work where it is
 */
public record VideoCopy(Path file, int width, int height, WorkFolder work)
    implements AutoCloseable {
  @Override
  public void close() {
    work.release(file.getParent());
  }
}
