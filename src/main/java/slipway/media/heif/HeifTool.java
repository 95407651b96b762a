package slipway.media.heif;

import java.nio.file.Path;
import java.util.List;
import slipway.media.program.Program;
import slipway.media.program.ProgramLimits;

/**
 * The program that decodes HEIC and AVIF files, and what it may take.
 *
 * @param program name or path of heif-dec, heif-convert (libheif) or vipsthumbnail (libvips)
 * @param limits of it
 */
public record HeifTool(String program, ProgramLimits limits) {
  /** The programs that are looked for, in order of preference. */
  private static final List<String> NAMES = List.of("heif-dec", "heif-convert", "vipsthumbnail");

  private static final String VIPS = "vips";
  private static final int QUALITY = 95;

  /** The program with these limits of time, in seconds, and memory. */
  public HeifTool(String program, int seconds, int megabytes) {
    this(program, new ProgramLimits(seconds, megabytes));
  }

  /** The first that is installed here, or the name of one where none is. */
  public static String usual() {
    return NAMES.stream().filter(Program::isInstalled).findFirst().orElse(NAMES.get(0));
  }

  /**
   * Has it decode a file, upright, to another whose ending is the format.
   *
   * @param from path of the file; it has one picture that is not hidden
   * @param to path of a PNG or JPEG
   */
  List<String> command(Path from, Path to) {
    if (Path.of(program).getFileName().toString().startsWith(VIPS)) {
      // Never larger than it is.
      return List.of(program, from.toString(), "--size", "65500x65500>", "-o", options(to));
    }
    return List.of(program, "-q", Integer.toString(QUALITY), from.toString(), to.toString());
  }

  private static String options(Path to) {
    return to + (to.toString().endsWith(".jpg") ? "[Q=" + QUALITY + "]" : "");
  }
}
