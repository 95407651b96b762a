package slipway.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import slipway.event.CallFailure;

/**
 * Says why an e-mail was not sent. A permanent answer (5xx) to the recipient or to the text is
 * final, unless it tells that this service may not send; one to anything else has to do with the
 * server and its settings, which people mend.
 */
final class SmtpFailures {
  static final CallFailure STOPPED = new CallFailure("cut off by the end of the service", false);

  private static final int PERMANENT = 500;

  /**
   * Where this service may not send to anybody: it has to sign in (RFC 4954, 6), or the server does
   * not hand e-mails on for it (X.7 of RFC 3463).
   */
  private static final Pattern OF_ACCESS = Pattern.compile("^53\\d|^5\\d\\d[ -]5\\.7\\.");

  private static final int MOST_CAUSES = 20;

  private final MailServer server;

  /** The failures of that server. */
  SmtpFailures(MailServer server) {
    this.server = server;
  }

  CallFailure of(Exception failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof SMTPAddressFailedException refused) {
        String words = refused.getMessage();
        return answered(
            "recipient", refused.getReturnCode(), words, !OF_ACCESS.matcher(words).find());
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

  private CallFailure answered(String what, int code, String words, boolean isAboutMail) {
    return new CallFailure(
        "the e-mail server refused the %s: %s".formatted(what, line(words)),
        isAboutMail && code >= PERMANENT);
  }

  private String other(List<Throwable> causes) {
    Throwable last = causes.get(causes.size() - 1);
    for (Throwable cause : causes) {
      if (cause instanceof AuthenticationFailedException) {
        return "the e-mail server refused user and password: " + line(text(cause));
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
        + line(text(causes.get(0)));
  }

  private String line(String words) {
    return PlainLine.of(server.withoutPassword(words));
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? "" : cause.getMessage();
  }
}
