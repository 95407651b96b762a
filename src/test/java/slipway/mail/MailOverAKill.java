package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Certificates;
import slipway.harness.Server;
import slipway.harness.SmtpServer;

/**
 * E-mails that a server is to send when it is killed while the server of e-mails is away, after one
 * that was sent at once. Each goes out once, encrypted and signed in.
 */
public final class MailOverAKill implements AutoCloseable {
  private static final String PASSWORD = "a-password-of-the-mail-server";

  private final Certificates certificates = Certificates.make();
  private final boolean isEncrypted;
  private SmtpServer smtp;
  private Server server;
  private MailGuests guests;
  private String link;

  /**
   * With a server of e-mails that runs.
   *
   * @param isEncrypted whether connections are encrypted from the beginning, and not from STARTTLS
   *     on
   */
  public MailOverAKill(boolean isEncrypted) throws Exception {
    this.isEncrypted = isEncrypted;
    smtp = new SmtpServer(certificates.trusted(), isEncrypted);
  }

  /**
   * Has a server send its e-mails there, which is to know {@link Certificates#MAIL}. Its outbox is
   * to try again soon.
   */
  public Server.Builder mailing(Server.Builder server) {
    // Killed in the middle of an attempt, it waits for twice as long as that may take.
    return server
        .jvm(certificates.trust())
        .environment("SLIPWAY_MAIL_PASSWORD", PASSWORD)
        .setting("slipway.base-url", "https://media.test")
        .setting("slipway.site.name", "Fête")
        .setting("slipway.mail.host", Certificates.MAIL)
        .setting("slipway.mail.port", Integer.toString(smtp.port()))
        .setting("slipway.mail.security", isEncrypted ? "tls" : "starttls")
        .setting("slipway.mail.user", "ann")
        .setting("slipway.mail.from", "photos@media.test")
        .setting("slipway.mail.language", "da")
        .setting("slipway.mail.timeout-seconds", "10")
        .setting("slipway.mail.settle", "1s");
  }

  /**
   * Has one sent, and another not, as the other side has gone; from the next start on, those of a
   * user follow each other soon. What goes wrong is in the log, which is looked through before.
   */
  public void begin(Server mailing) throws Exception {
    server = mailing;
    guests = new MailGuests(ApiClient.withKey(server));
    assertIsSentEncrypted();
    smtp.close();
    link = guests.link("bob@b.test", "Feast");
    guests.send(ApiClient.of(server), link, "planned");
    Await.until("the failure is told", () -> ready().contains("\"mail\":\"failing\""));
    Answer user = guests.user("bob@b.test");
    assertThat(user.xml("/response/mail_state")).isEqualTo("pending");
    assertThat(user.xml("/response/mail_error")).contains("no connection to the e-mail server");
    assertThat(ready()).contains("\"status\":\"ok\"");
    server.setting("slipway.mail.pause", "1s");
  }

  /** Happens right before the kill. */
  public void happen() {
    guests.send(ApiClient.of(server), link, "not planned yet");
  }

  /** Listens again from now on. */
  public void listen() throws Exception {
    smtp = new SmtpServer(certificates.trusted(), isEncrypted, smtp.port());
  }

  /** Waits until all are sent, and no more. */
  public void areSent() throws Exception {
    assertThat(MailSite.body(smtp.next())).contains("- planned\n").doesNotContain("not planned");
    assertThat(MailSite.body(smtp.next())).contains("- not planned yet\n");
    Await.until("it is well", () -> ready().contains("\"mail\":\"ok\""));
    Await.until(
        "the e-mail counts as sent",
        () -> guests.user("bob@b.test").xml("/response/mail_state").equals("delivered"));
    assertThat(smtp.waiting()).isZero();
  }

  private String ready() {
    return ApiClient.of(server).get("/health/ready").text();
  }

  private void assertIsSentEncrypted() throws Exception {
    int from = server.log().length();
    guests.send(ApiClient.of(server), guests.link("ann@b.test", "Bryllup"), "Kage");
    SmtpServer.Mail got = smtp.next();
    assertThat(got.isEncrypted()).isTrue();
    assertThat(got.user()).endsWith("\0" + PASSWORD);
    MimeMessage mail = MailSite.read(got);
    assertThat(mail.getSubject()).isEqualTo("Bryllup: 1 ny fil");
    assertThat(mail.getFrom()[0]).hasToString("=?UTF-8?Q?F=C3=AAte?= <photos@media.test>");
    assertThat(mail.getMessageID()).endsWith("@media.test>");
    assertThat(MailSite.body(got))
        .contains("- Kage\n", "https://media.test/console#photos\n", "fra Fête");
    String sent = "slipway_mails_total{outcome=\"sent\"} 1.0";
    Await.until(
        sent, () -> ApiClient.of(server).get("/metrics").text().lines().anyMatch(sent::equals));
    assertThat(ready()).contains("\"mail\":\"ok\"", "\"digests\":\"ok\"");
    assertThat(ApiClient.of(server).get("/console").text()).contains("data-mail=\"true\"");
    assertThat(server.log()).doesNotContain(PASSWORD, "ann@b.test");
    assertThat(server.log().substring(from)).doesNotContain("Z WARN", "Z ERROR");
  }

  @Override
  public void close() throws IOException {
    smtp.close();
  }
}
