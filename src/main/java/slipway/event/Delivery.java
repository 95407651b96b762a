package slipway.event;

import java.time.Instant;

/**
 * The state of a call about an event.
 *
 * @param callId its number
 * @param kind what it is for
 * @param webhookId the webhook it goes to; null for a pingback or a visitor's callback
 * @param url where it goes
 * @param state its state
 * @param attempts how often it was tried
 * @param lastError the last error; empty for none
 * @param nextAttemptAt when it is tried next, while it is pending, by the wall clock
 */
public record Delivery(
    long callId,
    CallKind kind,
    Long webhookId,
    String url,
    DeliveryState state,
    int attempts,
    String lastError,
    Instant nextAttemptAt) {

  /** The same, to be tried next at another moment. */
  Delivery triedNextAt(Instant moment) {
    return new Delivery(callId, kind, webhookId, url, state, attempts, lastError, moment);
  }
}
