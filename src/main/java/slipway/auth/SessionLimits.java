package slipway.auth;

import java.time.Duration;

/**
 * How long sessions last, and how many there are.
 *
 * @param idle how long one lasts without being used
 * @param longest how long one lasts at most, from its beginning
 * @param perUser how many one user has, or one credential in the console; a further one ends the
 *     one that was not used for longest
 * @param visitors how many sessions there are of visitors who are no users, in all
 */
public record SessionLimits(Duration idle, Duration longest, int perUser, int visitors) {}
