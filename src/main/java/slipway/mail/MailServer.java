package slipway.mail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

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
  private static final String HIDDEN = "…";

  /**
   * What the server said, as people may read it: some servers repeat the command that they do not
   * take, and with it the password, as it is or as it was sent (RFC 4616 and base64).
   */
  String withoutPassword(String words) {
    if (password == null) {
      return words;
    }
    String shown = words;
    for (String login :
        List.of(user + '\0' + user + '\0' + password, "\0" + user + '\0' + password)) {
      shown = shown.replace(base64(login), HIDDEN);
    }
    return shown.replace(base64(password), HIDDEN).replace(password, HIDDEN);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "MailServer[" + host + ":" + port + "]";
  }
}
