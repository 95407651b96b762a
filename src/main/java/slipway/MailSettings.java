package slipway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import slipway.language.Language;
import slipway.mail.Digests;
import slipway.mail.MailSecurity;
import slipway.mail.MailServer;
import slipway.net.HostName;
import slipway.net.MailAddress;

/**
 * The settings of e-mail to the owners of upload links and albums.
 *
 * @param server {@code slipway.mail.host}, {@code slipway.mail.port}, {@code
 *     slipway.mail.security}, {@code slipway.mail.user}, {@code slipway.mail.password} and {@code
 *     slipway.mail.timeout-seconds}: the server that takes them
 * @param from {@code slipway.mail.from}: the address they are from
 * @param language {@code slipway.mail.language}: what they are written in, default English
 * @param rhythm {@code slipway.mail.settle}: how long the first file waits for those that come with
 *     it, default a minute; {@code slipway.mail.pause}: how long after an e-mail the next may
 *     follow, default ten minutes
 */
record MailSettings(MailServer server, String from, Language language, Digests.Rhythm rhythm) {
  private static final String HOST = "slipway.mail.host";
  private static final String FROM = "slipway.mail.from";
  private static final String USER = "slipway.mail.user";
  private static final String PASSWORD = "slipway.mail.password";
  private static final String SECURITY = "slipway.mail.security";
  private static final String LANGUAGE = "slipway.mail.language";

  /** The settings; null, the default, where no e-mail is sent. */
  static MailSettings read(SettingSource source) {
    MailServer server = server(source);
    String from = from(source);
    Language language = language(source);
    Digests.Rhythm rhythm =
        new Digests.Rhythm(
            source.duration("slipway.mail.settle", Duration.ofMinutes(1)),
            source.duration("slipway.mail.pause", Duration.ofMinutes(10)));
    if (server.host() == null) {
      refuse(FROM, from);
      refuse(USER, server.user());
      return null;
    }
    if (from == null) {
      throw new IllegalArgumentException(
          "The setting " + HOST + " needs " + FROM + ", the address that e-mails are from");
    }
    return new MailSettings(server, from, language, rhythm);
  }

  private static void refuse(String name, String value) {
    if (value != null) {
      throw new IllegalArgumentException(
          "The setting " + name + " needs " + HOST + ", without which no e-mail is sent");
    }
  }

  private static MailServer server(SettingSource source) {
    String host = source.text(HOST, null);
    if (host != null && !HostName.isOne(host.contains(":") ? "[" + host + "]" : host)) {
      throw SettingSource.invalid(HOST, "the name or address of a host, such as smtp.example.com");
    }
    MailSecurity security = source.constant(SECURITY, MailSecurity.STARTTLS);
    int port = (int) source.number("slipway.mail.port", security.port(), 1, 65_535);
    String user = source.text(USER, null);
    String password = source.text(PASSWORD, null);
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException(
          "The settings " + USER + " and " + PASSWORD + " go together: set both, or neither");
    }
    if (host != null && user != null && security == MailSecurity.NONE && !isThisMachine(host)) {
      throw SettingSource.invalid(
          SECURITY, "starttls or tls with " + PASSWORD + ", which anybody could read otherwise");
    }
    Duration timeout =
        Duration.ofSeconds(source.number("slipway.mail.timeout-seconds", 60, 1, 600));
    return new MailServer(host, port, security, user, password, timeout);
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String from(SettingSource source) {
    String from = source.text(FROM, null);
    return from == null
        ? null
        : MailAddress.ascii(from)
            .orElseThrow(
                () ->
                    SettingSource.invalid(
                        FROM, "an e-mail address without a name, such as photos@example.com"));
  }

  private static Language language(SettingSource source) {
    String language = source.text(LANGUAGE, "en");
    List<String> all = Language.all();
    if (!all.contains(language)) {
      throw SettingSource.invalid(LANGUAGE, "one of " + String.join(", ", all));
    }
    return Language.in(new Locale(language));
  }

  /** Checks that the site's own address is known: there is no request to take it from. */
  void check(URI baseUrl) {
    if (baseUrl == null) {
      throw new IllegalArgumentException(
          "The setting " + HOST + " needs slipway.base-url, where the links in e-mails lead");
    }
  }
}
