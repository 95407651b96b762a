package slipway.media.pictures;

import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;

/**
 * Makes previews of picture files. The header's dimensions are checked before anything is decoded.
 * So that memory stays bounded, a usual JPEG is scaled while its lines are decoded; of other
 * pictures that are huge only every n-th pixel is decoded.
 */
public final class Pictures {
  private static final long DECODED_PIXELS = 16_000_000;

  /** What a decoded pixel takes at most: twice as read, of 16 bits a channel, and as made of it. */
  private static final int HEAP_BYTES_PER_DECODED_PIXEL = 32;

  /** Types whose decoders unpack the whole picture, whatever is asked of them. */
  private static final Set<String> DECODED_WHOLE = Set.of("image/webp");

  private static final int HEAP_BYTES_PER_PIXEL = 16;

  private static final String RAW = "image/x-raw-adobe";

  /** However short they are, decoders take their time for each. */
  private static final int MOST_ROWS = 1_000_000;

  private final Codecs codecs;
  private final Encoder encoder = new Encoder();
  private final long maxPixels;

  /**
   * Pictures of those codecs.
   *
   * @param maxPixels width times height of the largest that is decoded
   */
  public Pictures(Codecs codecs, long maxPixels) {
    this.codecs = codecs;
    this.maxPixels = maxPixels;
  }

  /**
   * Decodes a picture, upright and scaled down. It may take any time, and all memory of the
   * process.
   *
   * @param maxWidth pixels of the result's width at most
   * @throws NoPreviewException when its type has no decoder, it is broken, or has too many pixels
   * @throws IOException when the file cannot be read
   */
  public Preview preview(Path path, String contentType, int maxWidth)
      throws IOException, NoPreviewException {
    return guarded(
        path,
        file -> preview(file, contentType, maxWidth, one -> Annotations.of(one, contentType)));
  }

  /**
   * The same of what another program decoded an HEIC or AVIF file to, upright already. What it says
   * beside its picture is read from that file.
   *
   * @param source that file
   */
  Preview preview(Path path, String contentType, int maxWidth, Path source)
      throws IOException, NoPreviewException {
    Annotations said = guarded(source, HeifFile::beside);
    return guarded(
        path,
        file ->
            preview(
                file,
                contentType,
                maxWidth,
                one -> said.orProfileOf(Annotations.of(one, contentType))));
  }

  /**
   * Makes an HEIC or AVIF file ready for a program that decodes it.
   *
   * @param copy gets what is to be decoded; nothing where it is the file itself
   * @return what the file says about its picture; width and height are there
   * @throws NoPreviewException when it does not say them, or has too many pixels
   */
  MediaFacts prepare(Path path, String contentType, Path copy)
      throws IOException, NoPreviewException {
    return guarded(
        path,
        file -> {
          MediaFacts facts = HeifFile.facts(file, contentType);
          if (facts.width() == null) {
            throw NoPreviewException.keptAsItIs(contentType, facts);
          }
          checkSize(Canvas.of(facts.width(), facts.height()), false);
          HeifFile.copy(file, path, copy);
          return facts;
        });
  }

  /** Whether a part of an HEIC or AVIF file's picture may show through. */
  boolean hasAlpha(Path path) throws IOException, NoPreviewException {
    return guarded(path, HeifFile::hasAlpha);
  }

  private interface Look<T> {
    T of(PictureFile file) throws IOException, NoPreviewException;
  }

  private static <T> T guarded(Path path, Look<T> reading) throws IOException, NoPreviewException {
    try (PictureFile file = PictureFile.open(path)) {
      try {
        return reading.of(file);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        if (MachineFailure.isReasonOf(e)) {
          throw new IOException("The picture could not be decoded now: " + e, e);
        }
        // What a decoder throws at a broken file has no common type.
        throw NoPreviewException.undecodable(e);
      } finally {
        file.check();
      }
    }
  }

  private Preview preview(
      PictureFile file, String contentType, int maxWidth, Look<Annotations> about)
      throws IOException, NoPreviewException {
    ImageReader reader = codecs.reader(contentType);
    if (reader == null) {
      throw NoPreviewException.keptAsItIs(contentType, factsBeside(file, contentType));
    }
    try (DecoderInput in = input(file, contentType)) {
      int scans = scans(file, contentType);
      boolean isWhole = scans > 0 || DECODED_WHOLE.contains(contentType);
      int page = page(file, contentType);
      reader.setInput(in, false, true);
      Canvas canvas = Canvas.of(reader.getWidth(page), reader.getHeight(page));
      checkSize(canvas, isWhole);
      if (contentType.equals("image/gif")) {
        canvas = Canvas.ofGif(file, canvas.width(), canvas.height());
        checkSize(canvas, isWhole);
      }
      Annotations annotations = about.of(file);
      Shape shape = Shape.of(canvas, new Upright(annotations.exif().orientation()), maxWidth);
      Optional<Pixels> lines =
          contentType.equals("image/jpeg")
              ? lines(file, scans, annotations, shape)
              : Optional.empty();
      Pixels pixels =
          lines.isPresent()
              ? lines.get()
              : drawn(new Drawing(reader, contentType, page), canvas, annotations, shape);
      return preview(pixels, shape, annotations);
    } finally {
      reader.dispose();
    }
  }

  /** What a file says about its picture that is not decoded. */
  private static MediaFacts factsBeside(PictureFile file, String contentType) throws IOException {
    if (!contentType.equals(RAW)) {
      return HeifFile.facts(file, contentType);
    }
    Exif exif = Annotations.of(file, contentType).exif();
    MediaFacts size =
        TiffPages.shown(file).map(TiffPages.TiffPicture::size).orElse(MediaFacts.NONE);
    boolean sideways = exif.isSideways();
    return new MediaFacts(
        sideways ? size.height() : size.width(),
        sideways ? size.width() : size.height(),
        null,
        exif.takenAt());
  }

  private static DecoderInput input(PictureFile file, String contentType) throws IOException {
    if (contentType.equals("image/bmp")) {
      Os2Bitmap.showAsWindows(file);
    }
    if (contentType.equals("image/png")) {
      PngGrey.showInEightBits(file);
    }
    if (!contentType.equals("image/webp")) {
      return new DecoderInput(file);
    }
    WebpFile.hideBroken(file);
    return new DecoderInput(file, WebpFile.zerosUntil(file));
  }

  /** Which of a file's pictures stands for it. */
  private static int page(PictureFile file, String contentType)
      throws IOException, NoPreviewException {
    if (!contentType.equals("image/tiff")) {
      return 0;
    }
    Optional<TiffPages.TiffPicture> page = TiffPages.shown(file);
    if (page.isPresent() && page.get().index() < 0) {
      throw NoPreviewException.keptAsItIs("image/tiff (raw)", factsBeside(file, RAW));
    }
    return page.map(TiffPages.TiffPicture::index).orElse(0);
  }

  /** How many scans a JPEG has whose pixels are there after the last only; 0 of any other file. */
  private static int scans(PictureFile file, String contentType)
      throws IOException, NoPreviewException {
    if (!contentType.equals("image/jpeg")) {
      return 0;
    }
    boolean areMany;
    try (InputStream in = file.stream()) {
      areMany = JpegScans.areMany(in);
    }
    try (InputStream in = file.stream()) {
      JpegScans.JpegCounts counts = JpegScans.count(in, areMany);
      check("scans", counts.scans(), JpegScans.MOST);
      check("segments", counts.segments(), JpegScans.MOST_SEGMENTS);
      return areMany ? Math.max(1, counts.scans()) : 0;
    }
  }

  private static void check(String what, int count, int most) throws NoPreviewException {
    if (count > most) {
      throw NoPreviewException.broken(
          "The JPEG has more than the " + most + " " + what + " that are decoded here.");
    }
  }

  private Preview preview(Pixels pixels, Shape shape, Annotations about) {
    return new Preview(
        pixels.withoutNeedlessAlpha(),
        new MediaFacts(shape.shownWidth(), shape.shownHeight(), null, about.exif().takenAt()),
        encoder);
  }

  /** A JPEG as most are, line by line; empty where it takes another way. */
  private Optional<Pixels> lines(PictureFile file, int scans, Annotations about, Shape shape) {
    try {
      Optional<JpegHead> head = JpegHead.of(file).filter(shape::isOf);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      Pixels made =
          JpegLines.scaled(codecs.plainJpegReader(), head.get(), Math.max(1, scans), file, shape);
      ICC_Profile own = head.get().profile();
      return Optional.of(Colours.toSrgb(made, own == null ? about.profile() : own));
    } catch (IOException | RuntimeException e) {
      // The reader that knows many faults says what it is, or shows what there is.
      return Optional.empty();
    }
  }

  private static Pixels drawn(Drawing drawing, Canvas canvas, Annotations about, Shape shape)
      throws IOException {
    int step = step(canvas.width(), canvas.height());
    BufferedImage image = canvas.with(drawing.every(step), step);
    Shape decoded = shape.within(image.getWidth(), image.getHeight());
    return Colours.scaled(image, about.profile(), decoded);
  }

  private void checkSize(Canvas canvas, boolean whole) throws NoPreviewException {
    long most = maxPixels;
    if (whole) {
      most = Math.min(most, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_PIXEL);
    }
    if ((long) canvas.width() * canvas.height() > most) {
      throw NoPreviewException.broken(
          "The picture claims %d x %d pixels, more than the %d that are decoded here."
              .formatted(canvas.width(), canvas.height(), most));
    }
    if (canvas.height() > MOST_ROWS) {
      throw NoPreviewException.broken(
          "The picture claims %d rows, more than the %d that are decoded here."
              .formatted(canvas.height(), MOST_ROWS));
    }
  }

  private static int step(int width, int height) {
    long most =
        Math.min(DECODED_PIXELS, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_DECODED_PIXEL);
    int step = 1;
    // No step is longer than a side: of a line, all steps go along it.
    while ((long) (width / Math.min(step, width)) * (height / Math.min(step, height)) > most) {
      step++;
    }
    return step;
  }
}
