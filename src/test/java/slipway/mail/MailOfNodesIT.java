package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.Server;
import slipway.harness.SmtpServer;

/** E-mails of two nodes. */
@Tag("faults")
@NeedsPostgres
class MailOfNodesIT {
  private static final int LINKS = 6;

  @TempDir private Path folder;
  private SmtpServer smtp;
  private Nodes nodes;

  @BeforeEach
  void start() throws Exception {
    smtp = new SmtpServer();
    nodes =
        Nodes.start(
            2,
            folder,
            Map.of(
                "slipway.base-url", "https://media.test",
                "slipway.mail.host", "127.0.0.1",
                "slipway.mail.port", Integer.toString(smtp.port()),
                "slipway.mail.security", "none",
                "slipway.mail.from", "photos@media.test",
                "slipway.mail.settle", "1s",
                "slipway.mail.timeout-seconds", "2"));
  }

  @AfterEach
  void stop() throws IOException {
    nodes.close();
    smtp.close();
  }

  @Test
  void tellOfEachFileOnceThoughOneDiesWithAnEmailOnItsWay() throws Exception {
    MailGuests guests = new MailGuests(nodes.site(0));
    List<String> links = new ArrayList<>();
    for (int i = 0; i < LINKS; i++) {
      String link = guests.link("u" + i + "@b.test", "Link " + i);
      guests.send(ApiClient.of(nodes.get(i)), link, "file " + i);
      links.add("Link " + i);
    }
    List<String> told = new ArrayList<>();
    for (int i = 0; i < LINKS; i++) {
      told.add(MailSite.read(smtp.next()).getSubject().split(":")[0]);
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(links);

    Server dying = nodes.get(0);
    Server heir = nodes.get(1);
    heir.stop();
    smtp.hold();
    guests.send(ApiClient.of(dying), guests.link("last@b.test", "Last"), "last");
    SmtpServer.Mail first = smtp.next();
    assertThat(first.to()).as("and no repeat of the others").containsExactly("last@b.test");
    dying.kill();
    smtp.release();
    heir.restart();
    SmtpServer.Mail again = smtp.next();
    assertThat(again.to()).containsExactly("last@b.test");
    assertThat(MailSite.read(again).getMessageID()).isEqualTo(MailSite.read(first).getMessageID());
    guests = new MailGuests(nodes.site(1));
    guests.send(ApiClient.of(heir), guests.link("next@b.test", "Next"), "next");
    assertThat(smtp.next().to()).containsExactly("next@b.test");
    assertThat(smtp.waiting()).isZero();
  }
}
