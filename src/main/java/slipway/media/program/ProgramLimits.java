package slipway.media.program;

/**
 * What another program may take.
 *
 * @param seconds how long it may run
 * @param megabytes its memory, held by {@code prlimit} (util-linux) where that is installed
 */
public record ProgramLimits(int seconds, int megabytes) {}
