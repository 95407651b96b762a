package slipway.media.video;

/**
 * The programs that look at videos, and what they may take.
 *
 * @param ffmpeg name or path of ffmpeg
 * @param ffprobe name or path of ffprobe
 * @param seconds how long each may run
 * @param megabytes memory of each, held by {@code prlimit} (util-linux) where it is installed
 */
public record VideoTools(String ffmpeg, String ffprobe, int seconds, int megabytes) {
  /** Whether a program can be run; {@code name} is a path or a name on the {@code PATH}. */
  public static boolean isInstalled(String name) {
    return Program.isInstalled(name);
  }
}
