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
import slipway.http.ErrorCode;
import slipway.http.Parameter;

/** Events, deliveries and webhooks as replies have them; times in seconds since 1970. */
final class EventFields {
  /** The event that a method is about. */
  static final Parameter<String> ID =
      Parameter.text("event_id", 100).required("the id of an event");

  /** Every type of event. */
  static final String TYPES =
      Stream.of(EventType.values()).map(EventType::id).collect(Collectors.joining(", "));

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
    return EventType.of(name).orElseThrow(() -> ApiException.invalid(parameter, "among " + TYPES));
  }

  static ApiException noSuchEvent() {
    return new ApiException(ErrorCode.NO_SUCH_EVENT, "No event has this event_id.");
  }

  private static String seconds(Instant instant) {
    return Long.toString(instant.getEpochSecond());
  }
}
