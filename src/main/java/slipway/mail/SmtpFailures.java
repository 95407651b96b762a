package slipway.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import slipway.event.CallFailure;

/**
 * Says why an e-mail was not sent. A permanent answer (5xx) to the recipient or to the text is
 * final; one to anything else has to do with the server and its settings, which people mend.
 */
final class SmtpFailures {
  static final CallFailure STOPPED = new CallFailure("cut off by the end of the service", false);

  private static final int PERMANENT = 500;
  private static final int MOST_CAUSES = 20;

  private SmtpFailures() {}

  static CallFailure of(Exception failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof SMTPAddressFailedException refused) {
        return answered("recipient", refused.getReturnCode(), refused.getMessage(), true);
      }
    }
    for (Throwable cause : causes) {
      if (cause instanceof SMTPSendFailedException refused) {
        // DATA, or the dot after the text; all before that is of the sender.
        boolean isText = !refused.getCommand().startsWith("MAIL");
        String what = isText ? "e-mail" : "sender";
        return answered(what, refused.getReturnCode(), refused.getMessage(), isText);
      }
    }
    return new CallFailure(other(causes), false);
  }

  /** All that led to it: what is nested in one kind is next of another. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    causes.add(failure);
    for (int i = 0; i < causes.size() && i < MOST_CAUSES; i++) {
      Throwable cause = causes.get(i);
      add(causes, cause.getCause());
      add(causes, cause instanceof MessagingException one ? one.getNextException() : null);
    }
    return causes;
  }

  private static void add(List<Throwable> causes, Throwable cause) {
    if (cause != null && !causes.contains(cause)) {
      causes.add(cause);
    }
  }

  private static CallFailure answered(String what, int code, String words, boolean isAboutMail) {
    return new CallFailure(
        "the e-mail server refused the %s: %s".formatted(what, PlainLine.of(words)),
        isAboutMail && code >= PERMANENT);
  }

  private static String other(List<Throwable> causes) {
    Throwable last = causes.get(causes.size() - 1);
    for (Throwable cause : causes) {
      if (cause instanceof AuthenticationFailedException) {
        return "the e-mail server refused user and password: " + PlainLine.of(text(cause));
      }
      if (cause instanceof SSLException) {
        return "no TLS connection to the e-mail server; its certificate must be valid, for this"
            + " host, and of an authority that Java trusts: "
            + cause.getClass().getSimpleName();
      }
      if (cause instanceof SocketTimeoutException) {
        return "the e-mail server gave no answer within the time limit";
      }
    }
    return "no connection to the e-mail server, or cut: "
        + last.getClass().getSimpleName()
        + " "
        + PlainLine.of(text(causes.get(0)));
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? "" : cause.getMessage();
  }
}
