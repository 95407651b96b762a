package slipway.media.pictures;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import javax.imageio.ImageIO;

/**
 * The program of a decoder's process: it decodes pictures, one after another, as it is told on its
 * standard input, and ends with it. What a visitor's file does to it, it does to no other process.
 */
public final class DecoderMain {
  /** The exit status where memory is used up, as the JVM's own is. */
  public static final int OUT_OF_MEMORY = 3;

  /** The exit status where the machine lacks something, and the process cannot continue. */
  public static final int TROUBLE = 4;

  private static final int FAILED = 1;

  private final Pictures pictures;
  private final DataOutputStream out;
  private Preview preview;

  private DecoderMain(Pictures pictures, DataOutputStream out) {
    this.pictures = pictures;
    this.out = out;
  }

  /**
   * Decodes until the input ends.
   *
   * @param arguments the most pixels of a picture, by its header
   */
  public static void main(String[] arguments) throws IOException {
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // Nothing else is to be printed there.
    System.setOut(System.err);
    // Else decoders keep parts of a file on the disk, which may be full.
    ImageIO.setUseCache(false);
    comeFirst();
    Pictures pictures = new Pictures(new Codecs(), Long.parseLong(arguments[0]));
    LinkedBlockingQueue<DecoderRequest> requests = new LinkedBlockingQueue<>();
    Thread thread =
        new Thread(() -> new DecoderMain(pictures, out).answer(requests), "slipway-decoder");
    thread.setDaemon(true);
    thread.start();
    DecoderAnswer.done(MediaFacts.NONE).write(out);
    try (DataInputStream in = new DataInputStream(System.in)) {
      while (true) {
        requests.add(DecoderRequest.read(in));
      }
    } catch (IOException e) {
      // Nobody is left to decode for, also in the middle of a picture.
      Runtime.getRuntime().halt(0);
    }
  }

  /** Where the machine's memory is used up, Linux must end this process and not the server. */
  private static void comeFirst() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "500");
    } catch (IOException | RuntimeException e) {
      // It is as good without.
    }
  }

  private void answer(LinkedBlockingQueue<DecoderRequest> requests) {
    try {
      while (true) {
        answer(requests.take()).write(out);
      }
    } catch (OutOfMemoryError e) {
      // Of native code; at one of its own the JVM has ended.
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    } catch (LinkageError e) {
      // A class that could not be loaded is missing from now on.
      e.printStackTrace();
      Runtime.getRuntime().halt(TROUBLE);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private Preview preview(DecoderRequest.Decode decode) throws IOException, NoPreviewException {
    Path file = Path.of(decode.file());
    return decode.source().isEmpty()
        ? pictures.preview(file, decode.contentType(), decode.maxWidth())
        : pictures.preview(file, decode.contentType(), decode.maxWidth(), Path.of(decode.source()));
  }

  private DecoderAnswer answer(DecoderRequest request) {
    try {
      if (request instanceof DecoderRequest.Decode decode) {
        preview = null;
        preview = preview(decode);
        return DecoderAnswer.done(preview.facts());
      }
      if (request instanceof DecoderRequest.Prepare heif) {
        Path file = Path.of(heif.file());
        MediaFacts facts = pictures.prepare(file, heif.contentType(), Path.of(heif.copy()));
        return DecoderAnswer.done(facts, pictures.hasAlpha(file) ? "png" : "jpg");
      }
      DecoderRequest.Scale scale = (DecoderRequest.Scale) request;
      try (OutputStream file = Files.newOutputStream(Path.of(scale.file()))) {
        preview.rendition(scale.width(), scale.height(), scale.crop(), file);
      }
      return DecoderAnswer.done(MediaFacts.NONE);
    } catch (NoPreviewException e) {
      return DecoderAnswer.none(e);
    } catch (IOException e) {
      return MachineFailure.isTooLarge(e)
          ? DecoderAnswer.none(NoPreviewException.broken("A smaller picture would be too large."))
          : DecoderAnswer.trouble(e);
    } catch (RuntimeException | StackOverflowError e) {
      // What scales finds sides that no array has.
      return MachineFailure.isReasonOf(e)
          ? DecoderAnswer.trouble(e)
          : DecoderAnswer.none(NoPreviewException.undecodable(e));
    }
  }
}
