package slipway.media.program;

/**
 * What a program answered that tells by its exit status.
 *
 * @param status its exit status, as the system gives it
 * @param words the first that it printed, for the log
 */
public record ProgramAnswer(int status, String words) {}
