package slipway.upload.resumable;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import slipway.upload.ChunkFile;
import slipway.upload.DifferentFileException;
import slipway.upload.UploadRefusedException;

/**
 * The last one of a file of numbered chunks, which tells neither how large that is nor how large
 * the chunks before it are.
 *
 * @param count chunks of the file
 * @param length bytes of this one
 * @param since when its request began, as {@link System#nanoTime} tells it
 */
public record LastChunk(long count, long length, long since) {

  /** Bytes before it, were it one of that file. */
  long others(UploadInfo info) {
    return info.isDeferred() ? info.size() / count * (count - 1) : info.size() - length;
  }

  /** Whether it may be one of that file, by its length. */
  boolean fits(UploadInfo info) {
    long others = count < 2 ? 0 : others(info);
    return length > 0 && others > 0 && others % (count - 1) == 0 && length <= others / (count - 1);
  }

  /** Those of some stored files that end with its bytes; all, where these can be read but once. */
  List<ResumableUpload> ending(List<ResumableUpload> stored, ChunkFile bytes) throws IOException {
    if (!bytes.isRepeatable()) {
      return stored;
    }
    List<ResumableUpload> ending = new ArrayList<>();
    for (ResumableUpload one : stored) {
      if (isEndOf(one, bytes)) {
        ending.add(one);
      }
    }
    return ending;
  }

  private boolean isEndOf(ResumableUpload stored, ChunkFile bytes) throws IOException {
    try (WritableByteChannel same = stored.same(others(stored.info()))) {
      bytes.copyTo(same);
      return true;
    } catch (DifferentFileException e) {
      return false;
    } catch (UploadRefusedException e) {
      return false; // Its photo was deleted just now.
    }
  }
}
