package slipway.media.program;

/**
 * The answer of a program that answers by its exit status.
 *
 * @param status its exit status, as the system gives it
 * @param words the first that it printed, for the log
 */
public record ProgramAnswer(int status, String words) {}
