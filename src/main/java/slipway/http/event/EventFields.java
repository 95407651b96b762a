package slipway.http.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.event.Delivery;
import slipway.event.DeliveryState;
import slipway.event.Event;
import slipway.event.EventType;
import slipway.event.Webhook;
import slipway.http.ApiException;

/** Events, deliveries and webhooks as replies have them; times in seconds since 1970. */
final class EventFields {
  /** Characters of an event_id that is looked for. */
  static final int MAX_ID = 100;

  private EventFields() {}

  static Map<String, String> of(Webhook webhook) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("webhook_id", Long.toString(webhook.webhookId()));
    fields.put("url", webhook.url());
    fields.put(
        "types", webhook.types().stream().map(EventType::id).collect(Collectors.joining(",")));
    fields.put("created", seconds(webhook.createdAt()));
    return fields;
  }

  static Map<String, String> of(Event event) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("event_id", event.eventId());
    fields.put("type", event.type().id());
    fields.put("photo_id", Long.toString(event.photoId()));
    fields.put("created", seconds(event.createdAt()));
    fields.put("state", event.state().id());
    return fields;
  }

  static Map<String, String> of(Delivery delivery) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", delivery.kind().id());
    fields.put("webhook_id", delivery.webhookId() == null ? "" : delivery.webhookId().toString());
    fields.put("url", delivery.url());
    fields.put("state", delivery.state().id());
    fields.put("attempts", Integer.toString(delivery.attempts()));
    fields.put("last_error", delivery.lastError());
    boolean waits = delivery.state() == DeliveryState.PENDING;
    fields.put("next_attempt", waits ? seconds(delivery.nextAttemptAt()) : "");
    return fields;
  }

  static EventType type(String parameter, String name) throws ApiException {
    return EventType.of(name)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    parameter,
                    "among "
                        + Stream.of(EventType.values())
                            .map(EventType::id)
                            .collect(Collectors.joining(", "))));
  }

  static ApiException noSuchEvent() {
    return ApiException.invalid("event_id", "the id of an event");
  }

  private static String seconds(Instant instant) {
    return Long.toString(instant.getEpochSecond());
  }
}
