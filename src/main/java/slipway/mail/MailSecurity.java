package slipway.mail;

import slipway.db.StoredName;

/** How the connection to the e-mail server is encrypted. */
public enum MailSecurity implements StoredName {
  /** Not at all. */
  NONE(25),
  /** From the command STARTTLS on, without which nothing is sent. */
  STARTTLS(587),
  /** From the beginning. */
  TLS(465);

  private final int port;

  MailSecurity(int port) {
    this.port = port;
  }

  /** The port that such servers usually listen on. */
  public int port() {
    return port;
  }
}
