package slipway.event;

import java.time.Instant;
import java.util.Set;

/**
 * An address that is told of events.
 *
 * @param webhookId its number
 * @param url absolute http or https address
 * @param types the events it is told of
 * @param createdAt when it was made
 */
public record Webhook(long webhookId, String url, Set<EventType> types, Instant createdAt) {}
