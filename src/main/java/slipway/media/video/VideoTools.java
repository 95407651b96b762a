package slipway.media.video;

import slipway.media.program.ProgramLimits;

/**
 * The programs that look at videos, and what they may take.
 *
 * @param ffmpeg name or path of ffmpeg
 * @param ffprobe name or path of ffprobe
 * @param limits of each
 */
public record VideoTools(String ffmpeg, String ffprobe, ProgramLimits limits) {
  /** Those with these limits of time, in seconds, and memory. */
  public VideoTools(String ffmpeg, String ffprobe, int seconds, int megabytes) {
    this(ffmpeg, ffprobe, new ProgramLimits(seconds, megabytes));
  }
}
