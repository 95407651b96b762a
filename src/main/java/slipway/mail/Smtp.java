package slipway.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import slipway.event.CallFailure;

/**
 * Hands e-mails to a server, each over a connection of its own. The time limit is on the whole of
 * it: a server that sends its answers byte by byte does not hold a thread. For many threads.
 */
final class Smtp implements Closeable {
  private final MailServer server;
  private final MailSender from;
  private final Clock clock;
  private final Session session;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "slipway-mail-timer");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Hands them to that server, once it has tried to write one: the library finds its parts. */
  Smtp(MailServer server, MailSender from, Clock clock) {
    this.server = server;
    this.from = from;
    this.clock = clock;
    this.session = Session.getInstance(properties(server, from));
    rehearse();
  }

  /** Loads what an e-mail needs while files can be opened. */
  private void rehearse() {
    try {
      Letter letter = new Letter("0", from.address(), "a", "a\n");
      inOwnLoader(() -> message(letter).writeTo(OutputStream.nullOutputStream()));
      failure(new SMTPSendFailedException("", 0, "", null, null, null, null));
      leave(transport());
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("No e-mail can be written", e);
    }
  }

  private static Properties properties(MailServer server, MailSender from) {
    boolean isUpgraded = server.security() == MailSecurity.STARTTLS;
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", from.host());
    properties.setProperty("mail.smtp.from", from.address());
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.user() != null));
    properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(isUpgraded));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(isUpgraded));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.debug", "false");
    return properties;
  }

  Duration limit() {
    return server.timeout();
  }

  /** Why it did not send an e-mail. */
  CallFailure failure(Exception cause) {
    return new SmtpFailures(server).of(cause);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Returns once the server has accepted the e-mail.
   *
   * @throws MessagingException when it refused it, or the connection
   * @throws IOException when there is no connection, or no answer in time
   */
  void send(Letter letter) throws MessagingException, IOException {
    inOwnLoader(() -> sendInTime(message(letter)));
  }

  /** What is done with the library. */
  private interface LibraryWork {
    void run() throws MessagingException, IOException;
  }

  /** The library looks for its parts by the loader of the thread, which may be the container's. */
  private static void inOwnLoader(LibraryWork work) throws MessagingException, IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Smtp.class.getClassLoader());
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void sendInTime(MimeMessage message) throws MessagingException, IOException {
    long end = System.nanoTime() + server.timeout().toNanos();
    try (Socket socket = new AnswerSocket()) {
      ScheduledFuture<?> limit =
          timer.schedule(() -> cut(socket), server.timeout().toMillis(), TimeUnit.MILLISECONDS);
      open.add(socket);
      try {
        send(message, socket);
      } catch (MessagingException | IOException e) {
        if (System.nanoTime() >= end) {
          throw (IOException) new SocketTimeoutException().initCause(e);
        }
        throw e;
      } finally {
        open.remove(socket);
        limit.cancel(false);
      }
    }
  }

  private void send(MimeMessage message, Socket socket) throws MessagingException, IOException {
    if (closed) {
      throw new IOException("No e-mail is sent any more");
    }
    int millis = (int) server.timeout().toMillis();
    socket.connect(new InetSocketAddress(server.host(), server.port()), millis);
    socket.setSoTimeout(millis);
    SMTPTransport transport = transport();
    transport.connect(server.security() == MailSecurity.TLS ? encrypted(socket) : socket);
    try {
      transport.sendMessage(message, message.getAllRecipients());
    } finally {
      leave(transport);
    }
  }

  private SMTPTransport transport() {
    URLName login =
        new URLName("smtp", server.host(), server.port(), null, server.user(), server.password());
    return new SMTPTransport(session, login);
  }

  /** Once a message was accepted, it does not matter how the server takes leave. */
  private static void leave(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The socket is closed in any case.
    }
  }

  private Socket encrypted(Socket socket) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket encrypted =
        (SSLSocket) factory.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  /** In a form that no program answers, and with an id that tells a repeat. */
  private MimeMessage message(Letter letter) throws MessagingException, IOException {
    String id = "<" + letter.id() + "@" + from.host() + ">";
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    String utf8 = StandardCharsets.UTF_8.name();
    message.setFrom(new InternetAddress(from.address(), header(PlainLine.of(from.name())), utf8));
    message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(letter.to(), true));
    message.setSubject(header(letter.subject()), utf8);
    message.setText(letter.text(), utf8);
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  /** What looks encoded (RFC 2047) is encoded once more: no program decodes a person's words. */
  private static String header(String text) {
    return text.replace("=?", "=\u200B?");
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts all connections; no other begins. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Smtp::cut);
    timer.shutdownNow();
  }
}
