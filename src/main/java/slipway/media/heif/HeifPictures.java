package slipway.media.heif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.Decoders;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.Program;
import slipway.media.program.WorkFolder;

/**
 * Makes previews of HEIC and AVIF files: a program decodes their primary picture to a JPEG or PNG,
 * which then goes the way of all others.
 */
public final class HeifPictures {
  /** The types of such files, by content. */
  public static final Set<String> TYPES =
      Set.of(
          "image/heic", "image/heif", "image/avif", "image/heic-sequence", "image/heif-sequence");

  private final HeifTool tool;
  private final Decoders decoders;
  private final WorkFolder work;

  /**
   * Files that this program decodes.
   *
   * @param decoders look into them, and decode what it makes of them
   * @param work where it writes to
   */
  public HeifPictures(HeifTool tool, Decoders decoders, WorkFolder work) {
    this.tool = tool;
    this.decoders = decoders;
    this.work = work;
  }

  /** Whether the program is installed. */
  public boolean areReadable() {
    return Program.isInstalled(tool.program());
  }

  /**
   * Looks whether the program can be started.
   *
   * @throws IOException when it cannot
   */
  public void probe() throws IOException, InterruptedException {
    Path folder = work.newFolder();
    try {
      Program.run(List.of(tool.program(), "--version"), folder.resolve("version"), tool.limits());
    } catch (NoPreviewException e) {
      // It was started, even if it does not know the option.
    } finally {
      work.release(folder);
    }
  }

  /**
   * Decodes a picture, upright and scaled down.
   *
   * @param contentType one of {@link #TYPES}
   * @param maxWidth pixels, of the picture as shown
   * @return the picture, to be closed
   * @throws NoPreviewException when the program is not installed or has no codec for the file, or
   *     this is broken, too large, or takes too much; with what the file says about its picture
   * @throws IOException when it failed this time, by no fault of the file
   */
  public DecodedPicture preview(Path file, String contentType, int maxWidth)
      throws IOException, NoPreviewException, InterruptedException {
    if (!areReadable()) {
      // The decoder has no codec for them either, but reads what the file says about its picture.
      return decoders.decode(file, contentType, maxWidth);
    }
    Path folder = work.newFolder();
    try {
      Path copy = folder.resolve("source");
      Decoders.PreparedHeif prepared = decoders.prepare(file, contentType, copy);
      try {
        Path picture = folder.resolve("picture." + prepared.format());
        Path source = Files.exists(copy) ? copy : file.toAbsolutePath();
        Program.read(source, tool.command(source, picture), folder.resolve("said"), tool.limits());
        String type = prepared.format().equals("png") ? "image/png" : "image/jpeg";
        return decoders.decode(picture, type, maxWidth, file);
      } catch (NoPreviewException e) {
        checkRoom(folder);
        throw e.with(prepared.facts());
      }
    } finally {
      work.release(folder);
    }
  }

  /** The program writes its output itself, and may report a full disk as a fault of the file. */
  private static void checkRoom(Path folder) throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < Program.MOST_OUTPUT_BYTES) {
      throw new IOException("A picture could not be decoded: No space left on device");
    }
  }
}
