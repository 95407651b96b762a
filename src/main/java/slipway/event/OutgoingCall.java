package slipway.event;

import java.net.URI;
import slipway.net.HostName;

/**
 * A call to be made to another server, until that server acknowledges it.
 *
 * @param kind what it is for
 * @param url absolute http or https address; {@code mid:} and the id of its digest for an e-mail
 * @param body what is posted; null for a GET
 * @param eventId the event it reports; null for none
 * @param webhookId the webhook that signs it; null for none
 * @param userId the user it is to, of an e-mail; null for none
 */
public record OutgoingCall(
    CallKind kind, String url, String body, String eventId, Long webhookId, Long userId) {
  /** What all e-mails have in place of a host: they share the workers of one. */
  static final String MAIL_HOST = "(mail)";

  private static final String DIGEST = "mid:";

  /** An e-mail with a digest of that id, to a user. */
  public static OutgoingCall mail(String digest, long userId) {
    return new OutgoingCall(CallKind.MAIL, DIGEST + digest, null, null, null, userId);
  }

  /** The id of the digest that an e-mail has. */
  public String digest() {
    return url.substring(DIGEST.length());
  }

  /** The GET of a callback URL in place of the visitor, for an upload that made no photo. */
  public static OutgoingCall backgroundReturn(String url) {
    return backgroundReturn(url, null);
  }

  /**
   * The GET of a callback URL in place of the visitor.
   *
   * @param eventId the event of the photo, which shows the state of the call; null for none
   */
  public static OutgoingCall backgroundReturn(String url, String eventId) {
    return new OutgoingCall(CallKind.RETURN, url, null, eventId, null, null);
  }

  /** A pingback about a photo: {@code type=photo&photo_id=<id>}, urlencoded. */
  static OutgoingCall pingback(String url, Event event) {
    String body = "type=photo&photo_id=" + event.photoId();
    return new OutgoingCall(CallKind.PINGBACK, url, body, event.eventId(), null, null);
  }

  /** An event to a webhook. */
  static OutgoingCall webhook(Webhook webhook, Event event) {
    return new OutgoingCall(
        CallKind.WEBHOOK,
        webhook.url(),
        event.payload(),
        event.eventId(),
        webhook.webhookId(),
        null);
  }

  /** The host it goes to, in lower case; empty where the address has none. */
  String host() {
    if (kind == CallKind.MAIL) {
      return MAIL_HOST;
    }
    try {
      return HostName.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Leaves out the address, which may hold tokens. */
  @Override
  public String toString() {
    if (kind == CallKind.MAIL) {
      return "E-mail[to user " + userId + "]";
    }
    return "Call[" + kind + " to " + host() + "]";
  }
}
