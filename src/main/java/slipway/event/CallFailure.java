package slipway.event;

/**
 * Why an attempt at a call failed.
 *
 * @param message for people, without anything secret
 * @param isFinal whether another attempt would fail in the same way
 */
public record CallFailure(String message, boolean isFinal) {}
