package slipway.rendition;

/**
 * Which frame of a video is requested.
 *
 * @param millis from the start of the video
 * @param maxWidth pixels at most
 * @param maxHeight pixels at most
 */
public record Frame(long millis, int maxWidth, int maxHeight) {}
