package slipway.mail;

/**
 * An e-mail to one recipient.
 *
 * @param id identifies it: the same each time it is sent
 * @param to one address, in ASCII
 * @param subject one line, with nothing that a visitor wrote
 * @param text lines that end with LF
 */
record Letter(String id, String to, String subject, String text) {}
