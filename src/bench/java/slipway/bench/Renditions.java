package slipway.bench;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import slipway.media.Previews;
import slipway.media.decoder.DecodedPicture;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.Codecs;
import slipway.media.pictures.Pictures;
import slipway.media.pictures.Preview;
import slipway.media.program.Program;
import slipway.media.video.VideoTools;
import slipway.photo.RenditionSize;

/**
 * CPU time of all renditions of a JPEG, and the bytes allocated for them, beside the programs that
 * are installed, in turns. Slipway's are made by a decoder's process, as the server has it.
 */
final class Renditions implements AutoCloseable {
  private static final int WARM_UP = 8;
  private static final int EACH = 3;
  private static final List<RenditionSize> LARGEST_FIRST =
      Arrays.stream(RenditionSize.values())
          .sorted(
              Comparator.comparing(RenditionSize::isSquare)
                  .thenComparing(RenditionSize::most, Comparator.reverseOrder()))
          .toList();

  private final Path folder;
  private final Path jpeg;
  private final int width;
  private final int height;
  private final Previews previews;

  /** Makes all renditions, some times; gives the CPU time of all in nanoseconds. */
  private interface Maker {
    long cpu() throws Exception;
  }

  private record Entry(String name, Maker maker, double[] millis) {}

  private Renditions(Path folder, int width, int height) throws IOException {
    this.folder = folder;
    this.width = width;
    this.height = height;
    this.jpeg = folder.resolve("photo.jpg");
    if (!ImageIO.write(photo(width, height), "jpeg", jpeg.toFile())) {
      throw new IOException("No JPEG encoder");
    }
    this.previews =
        new Previews(
            folder.resolve("work"),
            new DecoderLimits(512, Duration.ofSeconds(60), 250_000_000),
            new HeifTool(HeifTool.usual(), 60, 2048),
            new VideoTools("ffmpeg", "ffprobe", 60, 2048));
  }

  static void run(int rounds) throws Exception {
    for (int thousand : new int[] {4, 8}) {
      Path folder = Files.createTempDirectory("renditions");
      try (Renditions renditions = new Renditions(folder, thousand * 1000, thousand * 750)) {
        renditions.measure(rounds);
      } finally {
        FileUtils.deleteQuietly(folder.toFile());
      }
    }
  }

  /** Clouds, edges, fine lines and a sensor's noise: about as many bytes as a camera writes. */
  private static BufferedImage photo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    int noise = 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double cloud = Math.sin(x * 0.0021 + y * 0.0013) + Math.sin(x * 0.011 - y * 0.017) / 2;
        boolean edge = ((x >> 7) * 31 + (y >> 7) * 17) % 5 == 0;
        double line = (x + y) % 512 < 256 ? Math.sin((x + 2 * y) * 0.4) * 12 : 0;
        noise = noise * 1103515245 + 12345;
        double level = 110 + 45 * cloud + (edge ? 40 : 0) + line + (noise >> 16) % 14;
        int red = bounded(level + 20 * Math.sin(y * 0.002));
        int blue = bounded(level - 25 * cloud);
        row[x] = red << 16 | bounded(level) << 8 | blue;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static int bounded(double level) {
    return (int) Math.max(0, Math.min(255, level));
  }

  private void measure(int rounds) throws Exception {
    List<Entry> entries = entries(rounds);
    for (int i = 0; i < WARM_UP; i++) {
      make();
    }
    for (int round = 0; round < rounds; round++) {
      for (Entry entry : entries) {
        entry.millis[round] = entry.maker.cpu() / 1e6;
      }
    }
    Bench.say(
        "JPEG of %d x %d, %d KB, all %d renditions, CPU ms, medians of %d rounds in turns:",
        width, height, Files.size(jpeg) / 1000, LARGEST_FIRST.size(), rounds);
    for (Entry entry : entries) {
      double[] sorted = entry.millis.clone();
      Arrays.sort(sorted);
      Bench.say("  %-12s %4.0f", entry.name, sorted[rounds / 2]);
    }
    Bench.say("  Slipway allocates %.0f MB a picture", allocated() / 1e6);
  }

  private List<Entry> entries(int rounds) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("Slipway", this::slipway, new double[rounds]));
    if (Program.isInstalled("vipsthumbnail")) {
      entries.add(new Entry("vips", () -> programs(vips()), new double[rounds]));
    }
    if (Program.isInstalled("mogrify")) {
      entries.add(new Entry("ImageMagick", () -> programs(List.of(magick())), new double[rounds]));
    }
    if (Program.isInstalled("ffmpeg")) {
      entries.add(new Entry("ffmpeg", () -> programs(List.of(ffmpeg())), new double[rounds]));
    }
    return entries;
  }

  private long slipway() throws Exception {
    long pid =
        ProcessHandle.current().children().mapToLong(ProcessHandle::pid).max().orElseThrow();
    long before = Subject.cpu(pid);
    for (int i = 0; i < EACH; i++) {
      make();
    }
    return (Subject.cpu(pid) - before) / EACH;
  }

  private void make() throws Exception {
    int most = RenditionSize.LARGE.most();
    try (DecodedPicture picture = previews.of(jpeg, "image/jpeg", most)) {
      for (RenditionSize size : LARGEST_FIRST) {
        RenditionSize.Dimensions of = size.of(width, height);
        picture.rendition(size.id(), of.width(), of.height(), size.isSquare());
      }
    }
  }

  /** As the decoder's process does it, in this one. */
  private long allocated() throws Exception {
    Pictures pictures = new Pictures(new Codecs(), 250_000_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 2; i++) {
      before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      Preview preview = pictures.preview(jpeg, "image/jpeg", RenditionSize.LARGE.most());
      for (RenditionSize size : LARGEST_FIRST) {
        RenditionSize.Dimensions of = size.of(width, height);
        try (var out = Files.newOutputStream(folder.resolve(size.id()))) {
          preview.rendition(of.width(), of.height(), size.isSquare(), out);
        }
      }
    }
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private List<List<String>> vips() {
    List<List<String>> commands = new ArrayList<>();
    for (RenditionSize size : LARGEST_FIRST) {
      List<String> command = new ArrayList<>(List.of("vipsthumbnail", jpeg.toString()));
      RenditionSize.Dimensions of = size.of(width, height);
      command.addAll(List.of("--size", of.width() + "x" + of.height()));
      command.addAll(size.isSquare() ? List.of("--smartcrop", "centre") : List.of());
      command.addAll(List.of("-o", folder.resolve(size.id() + ".jpg[Q=85,strip]").toString()));
      commands.add(command);
    }
    return commands;
  }

  private List<String> magick() {
    List<String> command = new ArrayList<>(List.of("convert", jpeg.toString(), "-quality", "85"));
    for (RenditionSize size : LARGEST_FIRST) {
      RenditionSize.Dimensions of = size.of(width, height);
      String geometry = of.width() + "x" + of.height();
      command.addAll(List.of("(", "+clone", "-resize", geometry + (size.isSquare() ? "^" : "!")));
      command.addAll(
          size.isSquare() ? List.of("-gravity", "center", "-extent", geometry) : List.of());
      command.addAll(List.of("-write", folder.resolve(size.id() + ".jpg").toString(), "+delete"));
      command.add(")");
    }
    command.add("null:");
    return command;
  }

  private List<String> ffmpeg() {
    StringBuilder filter = new StringBuilder("split=" + LARGEST_FIRST.size());
    LARGEST_FIRST.forEach(size -> filter.append("[i").append(size.id()).append(']'));
    List<String> outputs = new ArrayList<>();
    for (RenditionSize size : LARGEST_FIRST) {
      RenditionSize.Dimensions of = size.of(width, height);
      filter.append(
          String.format(
              Locale.ROOT,
              ";[i%s]%sscale=%d:%d:flags=bicubic[o%s]",
              size.id(),
              size.isSquare() ? "crop=ih:ih," : "",
              of.width(),
              of.height(),
              size.id()));
      outputs.addAll(List.of("-map", "[o" + size.id() + "]", "-q:v", "4"));
      outputs.add(folder.resolve(size.id() + ".jpg").toString());
    }
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1"));
    command.addAll(List.of("-i", jpeg.toString(), "-filter_complex", filter.toString()));
    command.addAll(outputs);
    return command;
  }

  /** Runs them one after another. */
  private static long programs(List<List<String>> commands) throws Exception {
    long before = ended();
    for (List<String> command : commands) {
      int status =
          new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status);
      }
    }
    return ended() - before;
  }

  /** CPU time of the children of this process that have ended, in nanoseconds. */
  private static long ended() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10_000_000;
  }

  @Override
  public void close() {
    previews.close();
  }
}
