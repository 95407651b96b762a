package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Certificates;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.harness.SmtpServer;

/** E-mails of the service, whose library finds its parts by the class loaders of a container. */
class MailIT {
  private static final String HOST = Certificates.MAIL;
  private static final String PASSWORD = "a-password-of-the-mail-server";

  private SmtpServer smtp;

  @AfterEach
  void close() throws IOException {
    if (smtp != null) {
      smtp.close();
    }
  }

  private Server.Builder server(Container container) {
    return Server.on(container)
        .names(Map.of(HOST, "127.0.0.1", "localhost", "127.0.0.1"))
        .setting("slipway.base-url", "https://media.test")
        .setting("slipway.site.name", "Fête")
        .setting("slipway.mail.host", HOST)
        .setting("slipway.mail.port", Integer.toString(smtp.port()))
        .setting("slipway.mail.from", "photos@media.test")
        .setting("slipway.mail.settle", "1s")
        .setting("slipway.outgoing.first-pause-millis", "50")
        .setting("slipway.outgoing.longest-pause-seconds", "1");
  }

  private static String ready(Server server) {
    return ApiClient.of(server).get("/health/ready").text();
  }

  /** What goes wrong is in the log, which is looked through before. */
  @ParameterizedTest
  @AnyContainer(Container.TOMCAT_11)
  void areSentEncryptedAndOnceThoughTheServiceIsKilledAndTheServerIsAway(Container container)
      throws Exception {
    Certificates certificates = Certificates.make();
    boolean isEncrypted = container == Container.JETTY_12;
    smtp = new SmtpServer(certificates.trusted(), isEncrypted);
    int port = smtp.port();
    // Killed in the middle of an attempt, it waits for twice as long as that may take.
    try (Server server =
        server(container)
            .jvm(certificates.trust())
            .setting("slipway.mail.security", isEncrypted ? "tls" : "starttls")
            .setting("slipway.mail.user", "ann")
            .environment("SLIPWAY_MAIL_PASSWORD", PASSWORD)
            .setting("slipway.mail.language", "da")
            .setting("slipway.mail.timeout-seconds", "10")
            .start()) {
      MailGuests guests = new MailGuests(ApiClient.withKey(server));
      assertIsSentEncrypted(server, guests);
      smtp.close();
      String link = guests.link("bob@b.test", "Feast");
      guests.send(ApiClient.of(server), link, "planned");
      Await.until("the failure is told", () -> ready(server).contains("\"mail\":\"failing\""));
      Answer user = guests.user("bob@b.test");
      assertThat(user.xml("/response/mail_state")).isEqualTo("pending");
      assertThat(user.xml("/response/mail_error")).contains("no connection to the e-mail server");
      assertThat(ready(server)).contains("\"status\":\"ok\"");
      guests.send(ApiClient.of(server), link, "not planned yet");
      server.kill();
      server.setting("slipway.mail.pause", "1s");
      smtp = new SmtpServer(certificates.trusted(), isEncrypted, port);
      server.restart();
      assertThat(MailSite.body(smtp.next())).contains("- planned\n").doesNotContain("not planned");
      assertThat(MailSite.body(smtp.next())).contains("- not planned yet\n");
      Await.until("it is well", () -> ready(server).contains("\"mail\":\"ok\""));
      Await.until(
          "the e-mail counts as sent",
          () -> guests.user("bob@b.test").xml("/response/mail_state").equals("delivered"));
      assertThat(smtp.waiting()).isZero();
    }
  }

  private void assertIsSentEncrypted(Server server, MailGuests guests) throws Exception {
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
    assertThat(ready(server)).contains("\"mail\":\"ok\"", "\"digests\":\"ok\"");
    assertThat(ApiClient.of(server).get("/console").text()).contains("data-mail=\"true\"");
    assertThat(server.log()).doesNotContain(PASSWORD, "ann@b.test", "Z WARN", "Z ERROR");
  }

  @Test
  void areOfferedToUsersLinksAndAlbumsWhichMayRefuse() {
    ApiClient site = ApiClient.withKey(Server.shared(Container.JETTY_12));
    Answer bad =
        site.post("/api/user/create", Map.of("username", "ann", "email", "a@b.test,eve@b.test"));
    assertThat(bad.xml("/response/@message")).contains("'email' must be");
    String user =
        site.post("/api/user/create", Map.of("username", "mailed", "notify", "0"))
            .xml("/response/user_id");
    assertThat(site.get("/api/user/get", Map.of("user_id", user)).xml("/response/notify"))
        .isEqualTo("0");
    assertThat(
            site.post("/api/user/update", Map.of("user_id", user, "notify", "1"))
                .xml("/response/notify"))
        .isEqualTo("1");
    Answer link = site.post("/api/upload-link/create", Map.of("notify", "0"));
    assertThat(link.xml("/response/notify")).isEqualTo("0");
    String id = link.xml("/response/upload_link");
    assertThat(
            site.post("/api/upload-link/update", Map.of("upload_link", id, "name", "Feast"))
                .xml("/response/notify"))
        .isEqualTo("0");
    String album =
        site.post("/api/album/create", Map.of("title", "Feast", "notify", "0"))
            .xml("/response/album_id");
    assertThat(listed(site, album)).isEqualTo("0");
    site.post("/api/album/update", Map.of("album_id", album, "notify", "1"));
    assertThat(listed(site, album)).isEqualTo("1");
  }

  private static String listed(ApiClient site, String album) {
    return site.get("/api/album/list", Map.of("album_id", album)).xml("//album/@notify");
  }
}
