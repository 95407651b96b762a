package slipway.mail;

import java.time.Duration;

/**
 * The e-mail server that digests are handed to.
 *
 * @param host its name or address
 * @param port its port
 * @param security how the connection is encrypted
 * @param user the user it knows; null for none
 * @param password that user's; null for none
 * @param timeout how long it may take for one e-mail, from connecting to its last answer
 */
public record MailServer(
    String host, int port, MailSecurity security, String user, String password, Duration timeout) {
  /** Says nothing secret. */
  @Override
  public String toString() {
    return "MailServer[" + host + ":" + port + "]";
  }
}
