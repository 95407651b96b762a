package slipway.media.decoder;

import java.time.Duration;

/**
 * What a decoder's process may take.
 *
 * @param megabytes its heap
 * @param most processor time for a picture, with all of its renditions; five times as much by the
 *     clock
 * @param maxPixels of a picture, by its header
 */
public record DecoderLimits(int megabytes, Duration most, long maxPixels) {}
