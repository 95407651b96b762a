package slipway.media.video;

import slipway.media.program.LongLimits;

/**
 * How videos are converted, and what one may take.
 *
 * @param atOnce how many at a time; 0 for none
 * @param lines the most that a copy has: its height, or its width where it stands upright
 * @param threads of each encoder
 * @param secondsPerMinute processor time for a minute of video; a short one gets that of a minute
 * @param mostMinutes longer videos are not converted
 */
public record ConversionLimits(
    int atOnce, int lines, int threads, int secondsPerMinute, int mostMinutes) {
  private static final int SECONDS = 60;

  /** By the clock, as a part of the processor time: others may have the processors. */
  private static final int CLOCK = 4;

  /** Where a file does not tell how long it is: as with so many bits a second. */
  private static final long USUAL_BITS = 1_000_000;

  /** How long a file is, or may be where it does not say. */
  double seconds(VideoTrack track, long fileBytes) {
    double told = Math.max(track.seconds(), track.fileSeconds());
    return told > 0
        ? told
        : Math.min((double) mostMinutes * SECONDS, Math.max(SECONDS, fileBytes * 8.0 / USUAL_BITS));
  }

  boolean isTooLong(double seconds) {
    return seconds > (double) mostMinutes * SECONDS;
  }

  /**
   * Of a video of that length.
   *
   * @param bytes how long its copy may be
   * @param megabytes memory
   */
  LongLimits of(double seconds, long bytes, int megabytes) {
    long processor = (long) Math.ceil(Math.max(1, seconds / SECONDS) * secondsPerMinute);
    return new LongLimits(processor, processor * CLOCK, megabytes, bytes);
  }
}
