package slipway.mail;

/**
 * Whom e-mails are from.
 *
 * @param address in ASCII
 * @param name for people
 * @param host the name of this service: in {@code EHLO}, and where each {@code Message-ID} ends
 */
public record MailSender(String address, String name, String host) {}
