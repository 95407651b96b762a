package slipway.rendition;

/**
 * Which frame of a video is asked for.
 *
 * @param millis from the start of the video
 * @param maxWidth pixels at most
 * @param maxHeight pixels at most
 */
public record Frame(long millis, int maxWidth, int maxHeight) {}
