package slipway.mail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import slipway.db.Database;
import slipway.event.CallFailure;
import slipway.event.CallMaker;
import slipway.event.OutgoingCall;
import slipway.health.HealthFact;
import slipway.net.MailAddress;

/**
 * Sends digests by SMTP. An e-mail counts as sent once the server has accepted it; where its answer
 * to the whole text is lost, it is sent again, with the same {@code Message-ID}.
 */
public final class SmtpCalls implements CallMaker, AutoCloseable, HealthFact {
  private static final Counter SENT = outcome("sent");
  private static final Counter FAILED = outcome("failed");
  private static final Counter REFUSED = outcome("refused");
  private static final CallFailure NO_ADDRESS =
      new CallFailure("the user's e-mail address is not one that SMTP takes everywhere", true);

  private final DigestTable digests;
  private final LetterTexts texts;
  private final Smtp smtp;
  private volatile boolean failing;

  /**
   * Sends the digests of that database.
   *
   * @param clock the date of each
   * @param texts puts them into words
   * @param from whom they are from
   */
  public SmtpCalls(
      Database database, Clock clock, LetterTexts texts, MailServer server, MailSender from) {
    this.digests = new DigestTable(database);
    this.texts = texts;
    this.smtp = new Smtp(server, from, clock);
  }

  private static Counter outcome(String outcome) {
    return Counter.builder("slipway.mails")
        .description("Attempts to send an e-mail by their outcome; refused is for good")
        .tag("outcome", outcome)
        .register(Metrics.globalRegistry);
  }

  @Override
  public Optional<CallFailure> make(OutgoingCall call) {
    Optional<Digest> digest = digests.find(call.digest(), call.userId());
    if (digest.isEmpty()) {
      // Its files were deleted, or the user does not want to know: there is nothing to do.
      return Optional.empty();
    }
    Optional<String> to = MailAddress.ascii(digest.get().address());
    return to.isEmpty() ? counted(NO_ADDRESS) : send(texts.letter(digest.get(), to.get()));
  }

  private Optional<CallFailure> send(Letter letter) {
    try {
      smtp.send(letter);
      SENT.increment();
      failing = false;
      return Optional.empty();
    } catch (MessagingException | IOException e) {
      CallFailure failure = smtp.isClosed() ? SmtpFailures.STOPPED : smtp.failure(e);
      failing = !failure.isFinal();
      return counted(failure);
    }
  }

  private static Optional<CallFailure> counted(CallFailure failure) {
    (failure.isFinal() ? REFUSED : FAILED).increment();
    return Optional.of(failure);
  }

  @Override
  public Duration limit() {
    return smtp.limit();
  }

  @Override
  public void abort() {
    smtp.close();
  }

  @Override
  public void close() {
    smtp.close();
  }

  @Override
  public String factName() {
    return "mail";
  }

  @Override
  public boolean isGood() {
    return !failing;
  }
}
