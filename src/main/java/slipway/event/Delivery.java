package slipway.event;

import java.time.Instant;

/**
 * How far a call about an event has come.
 *
 * @param callId its number
 * @param kind {@code webhook} or {@code pingback}
 * @param webhookId the webhook it goes to; null for a pingback
 * @param url where it goes
 * @param state {@code pending}, {@code delivered} or {@code failed} (given up)
 * @param attempts how often it was tried
 * @param lastError what went wrong last; empty for nothing
 * @param nextAttemptAt when it is tried next, while it is pending
 */
public record Delivery(
    long callId,
    String kind,
    Long webhookId,
    String url,
    String state,
    int attempts,
    String lastError,
    Instant nextAttemptAt) {}
