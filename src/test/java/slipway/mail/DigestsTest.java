package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.SmtpServer;
import slipway.harness.TestedDatabase;
import slipway.photo.Photo;

/** When users are told, and of what. */
@OnEachDatabase
class DigestsTest {
  private static final String DONE = "outgoing_call where kind = 'mail' and state = 'delivered'";

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private SmtpServer smtp;
  private MailSite site;

  @BeforeEach
  void open() throws IOException {
    smtp = new SmtpServer();
    site = new MailSite(on, folder, clock, MailSite.server(smtp));
  }

  @AfterEach
  void close() throws IOException {
    site.close();
    smtp.close();
  }

  private void awaitDone(int count) {
    Await.until(count + " e-mails are done", () -> site.count(DONE) == count);
  }

  @Test
  void tellsTheOwnerOfALinkOfWhatCameWithinAMinuteInOneMail() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    String guest = site.guest("Anna & Ben", ann, true);
    site.arrive(guest, "Cake");
    clock.pass(MailSite.SETTLE.minusSeconds(1));
    assertThat(site.digests.plan()).isZero();
    site.arrive(guest, "");
    clock.pass(Duration.ofSeconds(1));
    assertThat(site.digests.plan()).isEqualTo(1);
    SmtpServer.Mail mail = smtp.next();
    assertThat(mail.to()).containsExactly("ann@b.test");
    assertThat(mail.from()).isEqualTo("slipway@m.test");
    assertThat(MailSite.read(mail).getSubject()).isEqualTo("Anna & Ben: 2 new files");
    assertThat(MailSite.body(mail))
        .isEqualTo(
            """
            Anna & Ben: 2 new files
            - Cake
            - IMG_1.\u200Bjpg

            See and edit them in the console:
            https://m.test/console#photos

            --\s
            You get this e-mail from The Site because visitors have sent files by an upload link of \
            yours or into an album of yours. An administrator can turn these e-mails off.
            """);
    awaitDone(1);
    site.digests.plan();
    assertThat(site.count("mail_arrival")).as("files left to tell of").isZero();
  }

  @Test
  void sumsUpInTheNextMailWhatCameWithinTenMinutesOfTheLast() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    String guest = site.guest("Feast", ann, true);
    site.arrive(guest, "first");
    assertThat(site.planSettled()).isEqualTo(1);
    smtp.next();
    awaitDone(1);
    for (int i = 0; i < 7; i++) {
      site.arrive(guest, "later " + i);
      clock.pass(Duration.ofMinutes(1));
      assertThat(site.digests.plan()).as("within the ten minutes").isZero();
    }
    clock.pass(MailSite.PAUSE.minusMinutes(7));
    assertThat(site.digests.plan()).isEqualTo(1);
    assertThat(MailSite.body(smtp.next()))
        .startsWith("Feast: 7 new files\n- later 0\n")
        .contains("- later 4\nand 2 more\n")
        .doesNotContain("first", "later 5");
  }

  @Test
  void tellsTheOwnersOfAlbumsAndCountsAFileOnceForEach() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    long bob = site.user("bob", "bob@b.test");
    long of = site.album("Of Ann", ann);
    long too = site.album("Of Ann, too", ann);
    long other = site.album("Of Bob", bob);
    site.arrive(site.guest("By link", ann, true), "linked", of, other);
    site.arrive(site.guest("Of nobody", null, true), "in two", of, too);
    assertThat(site.planSettled()).isEqualTo(2);
    List<SmtpServer.Mail> mails = List.of(smtp.next(), smtp.next());
    for (SmtpServer.Mail mail : mails) {
      if (mail.to().equals(List.of("ann@b.test"))) {
        assertThat(MailSite.read(mail).getSubject()).isEqualTo("The Site: 2 new files");
        assertThat(MailSite.body(mail))
            .startsWith("By link: 1 new file\n- linked\n\nOf Ann: 1 new file\n- in two\n\nSee");
      } else {
        assertThat(mail.to()).containsExactly("bob@b.test");
        assertThat(MailSite.read(mail).getSubject()).isEqualTo("Of Bob: 1 new file");
      }
    }
  }

  @Test
  void tellsNobodyWhoHasNoAddressOrDoesNotWantToKnow() {
    long none = site.user("none", "");
    long off = site.user("off", "off@b.test");
    site.change(off, null, false);
    long ann = site.user("ann", "ann@b.test");
    long quiet = site.album("Quiet", ann);
    site.albums.update(quiet, null, null, null, false);
    site.arrive(site.guest("none", none, true), "a", site.album("no", none));
    site.arrive(site.guest("off", off, true), "b", site.album("off", off));
    site.arrive(site.guest("quiet link", ann, false), "c", site.album("loud", ann));
    site.arrive(site.guest("nobody's", null, true), "d", quiet);
    assertThat(site.count("mail_arrival")).isZero();
    assertThat(site.planSettled()).isZero();
  }

  @Test
  void tellsOfNothingThatWasDeletedAndNobodyWhoTurnedItOffMeanwhile() {
    long ann = site.user("ann", "ann@b.test");
    long bob = site.user("bob", "bob@b.test");
    Photo gone = site.arrive(site.guest("Ann's", ann, true), "gone");
    site.arrive(site.guest("Bob's", bob, true), "stays");
    site.delete(gone);
    site.change(bob, null, false);
    assertThat(site.planSettled()).isEqualTo(2);
    awaitDone(2);
    assertThat(smtp.connections()).isZero();
  }

  @Test
  void tellsOfNoLinkOrAlbumThatTurnedItOffMeanwhile() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    long album = site.album("Feast", ann);
    String nobody = site.guest("Nobody's", null, true);
    String refusing = site.guest("Refusing", ann, true);
    site.arrive(nobody, "of an album", album);
    site.arrive(refusing, "of a link");
    site.arrive(site.guest("Wanting", ann, true), "wanted");
    site.albums.update(album, null, null, null, false);
    site.refuse("Refusing");
    site.planSettled();
    assertThat(MailSite.body(smtp.next())).startsWith("Wanting: 1 new file\n- wanted\n\nSee");
    site.clock.pass(MailSite.PAUSE);
    site.arrive(refusing, "next");
    assertThat(site.planSettled()).isZero();
  }

  @Test
  void namesAFewSourcesAndCountsTheRest() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    for (int i = 0; i < DigestTable.MOST_SOURCES + 2; i++) {
      site.arrive(site.guest("Link " + i, ann, true), "file " + i);
    }
    site.arrive(site.guest("", ann, true), "of a link without a name");
    site.planSettled();
    SmtpServer.Mail mail = smtp.next();
    assertThat(MailSite.read(mail).getSubject()).isEqualTo("The Site: 13 new files");
    assertThat(MailSite.body(mail))
        .contains("Link 9: 1 new file\n- file 9\n\n3 more files by other links or in other albums")
        .doesNotContain("Link 10", "Without a title");
  }

  @Test
  void tellsAfterARestartOfWhatCameBefore() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    site.arrive(site.guest("Feast", ann, true), "before");
    site.close();
    clock.pass(MailSite.SETTLE);
    site = new MailSite(on, folder, clock, MailSite.server(smtp));
    assertThat(site.digests.plan()).isEqualTo(1);
    assertThat(MailSite.body(smtp.next())).contains("- before\n");
  }

  @Test
  void plansEachFileOnceThoughTwoNodesPlanAtOnce() throws Exception {
    try (MailSite other = new MailSite(on, folder, clock, MailSite.server(smtp))) {
      for (int i = 0; i < 8; i++) {
        String guest = site.guest("Link " + i, site.user("u" + i, "u" + i + "@b.test"), true);
        site.arrive(guest, "one");
        site.arrive(guest, "two");
      }
      clock.pass(MailSite.SETTLE);
      AtOnce.run(4, i -> () -> (i % 2 == 0 ? site : other).digests.plan());
      for (int i = 0; i < 8; i++) {
        assertThat(MailSite.body(smtp.next())).contains(": 2 new files\n");
      }
      awaitDone(8);
      assertThat(smtp.waiting()).as("further e-mails").isZero();
      assertThat(site.count("outgoing_call where kind = 'mail'")).isEqualTo(8);
    }
  }

  /** As every node looks every few seconds, and many may wait while the server is away. */
  @Test
  void areLookedForWithoutAReadOfEachFile() {
    on.assumeSqlite();
    for (String sql : List.of(Digests.DUE, Digests.OVER)) {
      assertThat(site.plan(sql))
          .contains("SEARCH a USING")
          .doesNotContain("SCAN a", "SCAN c", "SCAN mail_arrival", "SCAN outgoing_call");
    }
  }

  /** Which would hold them up for as long as the clock was set back. */
  @Test
  void tellsThoughTheClockWasSetBack() throws Exception {
    long ann = site.user("ann", "ann@b.test");
    String guest = site.guest("Feast", ann, true);
    site.arrive(guest, "one");
    site.planSettled();
    smtp.next();
    awaitDone(1);
    clock.pass(Duration.ofDays(-3));
    site.arrive(guest, "two");
    assertThat(site.planSettled()).isEqualTo(1);
    assertThat(MailSite.body(smtp.next())).contains("- two\n");
  }
}
