package slipway.event;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param eventId {@code evt_} and 32 hex digits, the same in every delivery
 * @param type what it was
 * @param photoId the photo it happened to
 * @param payload the JSON that webhooks get
 * @param createdAt when
 * @param state over all its deliveries
 */
public record Event(
    String eventId,
    EventType type,
    long photoId,
    String payload,
    Instant createdAt,
    DeliveryState state) {

  /** The same event, with no calls left to make. */
  Event delivered() {
    return new Event(eventId, type, photoId, payload, createdAt, DeliveryState.DELIVERED);
  }
}
