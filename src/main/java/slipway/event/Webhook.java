package slipway.event;

import java.time.Instant;
import java.util.Set;

/**
 * An address that gets events.
 *
 * @param webhookId its number
 * @param url absolute http or https address
 * @param types the types of events that it gets
 * @param createdAt when it was made
 */
public record Webhook(long webhookId, String url, Set<EventType> types, Instant createdAt) {}
