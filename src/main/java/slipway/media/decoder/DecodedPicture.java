package slipway.media.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import slipway.media.pictures.DecoderRequest;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.program.Program;

/** A picture decoded by a separate process, which makes renditions of it until it is closed. */
public final class DecodedPicture implements AutoCloseable {
  private final Decoders decoders;
  private final DecoderProcess process;
  private final MediaFacts facts;
  private final Map<String, Path> renditions;

  private DecodedPicture(
      Decoders decoders, DecoderProcess process, MediaFacts facts, Map<String, Path> renditions) {
    this.decoders = decoders;
    this.process = process;
    this.facts = facts;
    this.renditions = renditions;
  }

  DecodedPicture(Decoders decoders, DecoderProcess process, MediaFacts facts) {
    this(decoders, process, facts, new HashMap<>());
  }

  /** The same picture with other facts, such as those of a video. */
  public DecodedPicture of(MediaFacts file) {
    return new DecodedPicture(decoders, process, file, renditions);
  }

  /** Of the file; width and height are there. */
  public MediaFacts facts() {
    return facts;
  }

  /**
   * Makes a rendition: a JPEG, or a PNG where something shows through, without metadata.
   *
   * @param name letters and digits, another one for each
   * @param width pixels
   * @param height pixels
   * @param crop whether to cut what does not fit, from the middle; false when width and height have
   *     the picture's own proportions
   * @return its file, which is there until the picture is closed
   * @throws NoPreviewException when it takes too long, or the renditions get too large together
   * @throws IOException when it cannot be written
   */
  public Path rendition(String name, int width, int height, boolean crop)
      throws IOException, NoPreviewException, InterruptedException {
    Path file = process.folder().resolve("rendition-" + name);
    renditions.put(name, file);
    process.ask(new DecoderRequest.Scale(file.toString(), width, height, crop));
    long bytes = 0;
    for (Path one : renditions.values()) {
      bytes += Files.size(one);
    }
    if (bytes > Program.MOST_OUTPUT_BYTES) {
      throw NoPreviewException.broken("The picture's smaller pictures would be too large.");
    }
    return file;
  }

  /** Deletes the renditions. */
  @Override
  public void close() {
    try {
      for (Path rendition : renditions.values()) {
        Files.deleteIfExists(rendition);
      }
    } catch (IOException e) {
      process.close();
    }
    decoders.release(process);
  }
}
