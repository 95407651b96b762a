package slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Await;
import slipway.harness.Certificates;
import slipway.harness.Receiver;
import slipway.harness.SetClock;
import slipway.harness.SmtpServer;
import slipway.harness.TestedDatabase;

/** What becomes of an e-mail with a server that takes it, or does not. */
class SmtpCallsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private SmtpServer smtp = new SmtpServer();
  private MailSite site;

  @BeforeEach
  void open() throws IOException {
    open(MailSite.server(smtp));
  }

  @AfterEach
  void close() throws IOException {
    site.close();
    smtp.close();
  }

  private void open(MailServer server) throws IOException {
    if (site != null) {
      site.close();
    }
    site = new MailSite(TestedDatabase.SQLITE, folder, clock, server);
  }

  private MailServer server(MailSecurity security, Duration timeout) {
    return new MailServer("127.0.0.1", smtp.port(), security, "ann", "secret!", timeout);
  }

  private String guest(String link) {
    return site.guest(link, site.user("ann", "ann@b.test"), true);
  }

  private void plan() {
    site.arrive(guest("Feast"), "one");
    assertThat(site.planSettled()).isEqualTo(1);
  }

  private void await(String told) {
    Await.until(told, () -> site.told().startsWith(told));
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.3.2 busy",
    "GREETING, 554 5.3.2 no service",
    "MAIL, 451 4.3.0 later",
    "MAIL, 550 5.7.1 not you",
    "RCPT, 530 sign in first",
    "RCPT, 554 5.7.1 no relay for you",
    "RCPT, 450 4.2.1 greylisted",
    "DATA, 451 4.3.0 later",
    "END, 452 4.3.1 full",
    "EHLO, cut",
    "DATA, cut",
  })
  void isSentAgainAfterAFailureThatMayPass(String verb, String answer) throws Exception {
    smtp.answer(verb, answer);
    plan();
    Await.until("the error", () -> site.told().length() > "pending 1 ".length());
    assertThat(site.smtp.isGood()).isFalse();
    if (verb.equals(SmtpServer.END)) {
      smtp.next();
    }
    assertThat(smtp.waiting()).isZero();
    site.pass(Duration.ofSeconds(10));
    assertThat(MailSite.body(smtp.next())).contains("- one\n");
    await("delivered 2 ");
    assertThat(site.smtp.isGood()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, recipient",
    "END, 554 5.7.1 looks like spam, e-mail",
    "DATA, 554 5.7.1 no, e-mail",
  })
  void isGivenUpWhereTheRecipientOrTheTextIsRefusedForGood(String verb, String answer, String what)
      throws Exception {
    smtp.answer(verb, answer);
    plan();
    await("failed 1 the e-mail server refused the " + what + ": " + answer);
    assertThat(site.smtp.isGood()).as("the server itself works").isTrue();
    site.pass(Duration.ofHours(3));
    site.digests.plan();
    assertThat(site.count("mail_arrival")).isZero();
    assertThat(smtp.connections()).isEqualTo(1);
  }

  @Test
  void isTheSameWhereItIsSentAgainAsTheOutcomeIsNotKnown() throws Exception {
    smtp.answer(SmtpServer.END, SmtpServer.CUT);
    String guest = guest("Feast");
    site.arrive(guest, "one");
    site.planSettled();
    SmtpServer.Mail first = smtp.next();
    Await.until("the error", () -> site.told().length() > "pending 1 ".length());
    site.arrive(guest, "two");
    site.pass(Duration.ofSeconds(10));
    SmtpServer.Mail again = smtp.next();
    assertThat(MailSite.read(again).getMessageID())
        .isEqualTo(MailSite.read(first).getMessageID())
        .endsWith("@m.test>");
    assertThat(MailSite.body(again)).isEqualTo(MailSite.body(first));
    await("delivered 2 ");
    site.clock.pass(MailSite.PAUSE);
    assertThat(site.digests.plan()).isEqualTo(1);
    SmtpServer.Mail next = smtp.next();
    assertThat(MailSite.body(next)).contains("- two\n").doesNotContain("- one\n");
    assertThat(MailSite.read(next).getMessageID())
        .isNotEqualTo(MailSite.read(first).getMessageID());
  }

  @ParameterizedTest
  @ValueSource(strings = {SmtpServer.SILENCE, SmtpServer.TRICKLE})
  void isSentAgainWhereTheServerGivesNoAnswerInTime(String manner) throws Exception {
    open(new MailServer("127.0.0.1", smtp.port(), MailSecurity.NONE, null, null, SHORT));
    smtp.answer("EHLO", manner);
    plan();
    await("pending 1 the e-mail server gave no answer within the time limit");
    site.pass(Duration.ofSeconds(10));
    assertThat(MailSite.body(smtp.next())).contains("- one\n");
  }

  @Test
  void readsNoAnswerThatNeverEnds() throws Exception {
    smtp.answer("EHLO", SmtpServer.FLOOD);
    plan();
    await("pending 1 no connection to the e-mail server, or cut: IOException");
    site.pass(Duration.ofSeconds(10));
    assertThat(MailSite.body(smtp.next())).contains("- one\n");
  }

  @Test
  void waitsWhileThereIsNoServerAndIsGivenUpAfterADay() throws Exception {
    smtp.close();
    plan();
    await("pending 1 no connection to the e-mail server");
    Await.until("the error", () -> site.told().contains("ConnectException"));
    site.clock.pass(MailSite.PAUSE);
    assertThat(site.digests.plan()).as("a second one that would wait").isZero();
    site.pass(Duration.ofDays(1));
    await("failed 2 no connection to the e-mail server");
  }

  @Test
  void goesToNoServerWithoutTheEncryptionThatIsAskedFor() throws Exception {
    open(server(MailSecurity.STARTTLS, SHORT));
    plan();
    await("pending 1 no connection to the e-mail server, or cut: MessagingException STARTTLS");
    assertThat(smtp.waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesToNoServerWhoseCertificateNobodyVouchesFor(boolean isEncrypted) throws Exception {
    smtp.close();
    smtp = new SmtpServer(Certificates.make().untrusted(), isEncrypted);
    open(server(isEncrypted ? MailSecurity.TLS : MailSecurity.STARTTLS, Duration.ofSeconds(20)));
    plan();
    await("pending 1 no TLS connection to the e-mail server; its certificate");
    assertThat(smtp.waiting()).isZero();
  }

  @Test
  void saysWhoSignsInAndNeverTheirPassword() throws Exception {
    smtp.answer("AUTH", "535 5.7.8 not accepted");
    open(server(MailSecurity.NONE, Duration.ofSeconds(20)));
    plan();
    await("pending 1 the e-mail server refused user and password: 535 5.7.8 not accepted");
    assertThat(site.told()).doesNotContain("secret!");
    site.pass(Duration.ofSeconds(10));
    assertThat(smtp.next().user()).endsWith("\0ann\0secret!");
    assertThat(server(MailSecurity.NONE, SHORT)).asString().doesNotContain("secret!");
  }

  /** Servers repeat what they do not take. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret!",
        "c2VjcmV0IQ==",
        "AGFubgBzZWNyZXQh",
        "YW5uAGFubgBzZWNyZXQh",
      })
  void saysNothingOfAnAnswerThatRepeatsThePassword(String repeated) throws Exception {
    smtp.answer("AUTH", "500 5.5.1 what is " + repeated + " of " + "x".repeat(200));
    open(server(MailSecurity.NONE, Duration.ofSeconds(20)));
    plan();
    await("pending 1 the e-mail server refused user and password: 500 5.5.1 what is … of xx");
    assertThat(site.told()).doesNotContain(repeated);
  }

  /** Programs decode it where a header has it as it is (RFC 2047). */
  @Test
  void hasATitleThatLooksEncodedAsItIs() throws Exception {
    site.arrive(guest("=?utf-8?q?=0d=0aBcc:_eve@b.test?="), "\u2060");
    site.planSettled();
    SmtpServer.Mail mail = smtp.next();
    assertThat(MailSite.read(mail).getSubject())
        .isEqualTo("=\u200B?utf-8?q?=0d=0aBcc:_eve@b.test?=: 1 new file");
    assertThat(MailSite.body(mail)).contains("\n- Without a title\n");
  }

  @Test
  void isNeverAnsweredByAProgramAndIsOfOneKind() throws Exception {
    plan();
    MimeMessage mail = MailSite.read(smtp.next());
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(mail.getSentDate().toInstant()).isEqualTo(clock.instant());
    assertThat(mail.getHeader("From")).containsExactly("The Site <slipway@m.test>");
    assertThat(mail.getHeader("To")).containsExactly("ann@b.test");
    assertThat(mail.getHeader("List-Unsubscribe")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: eve@b.test",
        "a\nBcc: eve@b.test",
        "a\rBcc: eve@b.test",
        "a\u0085Bcc: eve@b.test",
        "a\u2028Bcc: eve@b.test",
        "a\r\n\r\nBcc: eve@b.test",
        "a\u0001\u000bBcc: eve@b.test",
        "\u202ea\u2066 Bcc: eve@b.test\u200f",
      })
  void hasNoHeaderAndNoLineOfAText(String text) throws Exception {
    String guest = guest(text);
    site.arrive(guest, text);
    site.planSettled();
    SmtpServer.Mail got = smtp.next();
    MimeMessage mail = MailSite.read(got);
    assertThat(got.to()).containsExactly("ann@b.test");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject()).isEqualTo("a Bcc: eve@b.test: 1 new file");
    assertThat(MailSite.body(got).lines().limit(3))
        .containsExactly("a Bcc: eve@b.test: 1 new file", "- a Bcc: eve@\u200Bb.\u200Btest", "");
  }

  /** Programs make links of addresses, and the e-mail is the site's own. */
  @Test
  void hasNoAddressThatAVisitorWrote() throws Exception {
    String guest = guest("Feast");
    site.arrive(guest, "Your account: https://evil.test/login or www.evil.test");
    site.arrive(guest, "ü".repeat(400));
    site.planSettled();
    assertThat(MailSite.body(smtp.next()))
        .doesNotContain("https://evil", "evil.test", "/login")
        .contains("- " + "ü".repeat(PlainLine.LONGEST) + "…\n");
  }

  @Test
  void encodesATitleInAnotherScript() throws Exception {
    site.arrive(guest("Свято 🎉"), "торт");
    site.planSettled();
    SmtpServer.Mail mail = smtp.next();
    assertThat(MailSite.read(mail).getSubject()).isEqualTo("Свято 🎉: 1 new file");
    assertThat(mail.text()).contains("Subject: =?UTF-8?").matches("(?s)\\p{ASCII}*");
    assertThat(MailSite.body(mail)).contains("- торт\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.test,eve@b.test", "a@b.test\r\nBcc: e@b.test", "ann", "å@b.test"})
  void goesToNoAddressThatIsNotOne(String address) {
    long ann = site.user("ann", address);
    site.arrive(site.guest("Feast", ann, true), "one");
    site.planSettled();
    await("failed 1 the user's e-mail address is not one");
    assertThat(smtp.connections()).isZero();
  }

  @Test
  void goesToADomainInAnotherScriptByItsNameInAscii() throws Exception {
    long ann = site.user("ann", "ann@bücher.test");
    site.arrive(site.guest("Feast", ann, true), "one");
    site.planSettled();
    assertThat(smtp.next().to()).isEqualTo(List.of("ann@xn--bcher-kva.test"));
  }

  @Test
  void leavesWorkersToOtherCallsWhileItsServerHangs() throws Exception {
    smtp.hold();
    for (int i = 0; i < 6; i++) {
      long user = site.user("u" + i, "u" + i + "@b.test");
      site.arrive(site.guest("Feast", user, true), "one");
    }
    assertThat(site.planSettled()).isEqualTo(6);
    smtp.next();
    smtp.next();
    try (Receiver receiver = new Receiver()) {
      site.call(receiver.url("127.0.0.1", "/back"));
      assertThat(receiver.next().uri()).isEqualTo("/back");
    }
    assertThat(smtp.connections()).as("at a time").isEqualTo(2);
    smtp.release();
    for (int i = 2; i < 6; i++) {
      smtp.next();
    }
  }

  /** Its outcome would not be known. */
  @Test
  void mayEndWhereTheServiceEndsMeanwhile() throws Exception {
    smtp.hold();
    plan();
    smtp.next();
    Thread closing = new Thread(this::closeSite);
    closing.start();
    Await.until("the end has begun", () -> closing.getState() == Thread.State.TIMED_WAITING);
    smtp.release();
    closing.join();
    open(MailSite.server(smtp));
    assertThat(site.told()).isEqualTo("delivered 1 ");
  }

  private void closeSite() {
    try {
      site.close();
      site = null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Tag("faults")
  @Test
  void isCutWhereTheServiceEndsAndSentAgain() throws Exception {
    smtp.hold();
    plan();
    String id = MailSite.read(smtp.next()).getMessageID();
    closeSite();
    smtp.release();
    open(MailSite.server(smtp));
    assertThat(MailSite.read(smtp.next()).getMessageID()).isEqualTo(id);
    await("delivered 1 ");
  }
}
