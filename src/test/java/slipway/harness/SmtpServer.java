package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An e-mail server on this machine (RFC 5321, with STARTTLS and AUTH PLAIN). It accepts everything
 * unless it is told otherwise.
 */
public final class SmtpServer implements AutoCloseable {
  /** In place of an answer: the connection is cut. */
  public static final String CUT = "cut";

  /** In place of an answer: there is none, and the connection stays open. */
  public static final String SILENCE = "silence";

  /** In place of an answer: one that never ends, byte by byte. */
  public static final String TRICKLE = "trickle";

  /** In place of an answer: one that never ends, as fast as it is read. */
  public static final String FLOOD = "flood";

  /** What comes first, before any command. */
  public static final String GREETING = "GREETING";

  /** What comes after the text of an e-mail. */
  public static final String END = "END";

  private static final long LIMIT_SECONDS = 60;
  private static final int PAUSE_MILLIS = 50;

  /**
   * An e-mail it got.
   *
   * @param from the sender of the envelope
   * @param to the recipients of the envelope
   * @param text header and body as they were sent
   * @param user who signed in; null for nobody
   * @param isEncrypted whether the connection was
   */
  public record Mail(String from, List<String> to, String text, String user, boolean isEncrypted) {}

  private final ServerSocket server;
  private final SSLContext tls;
  private final boolean isEncrypted;
  private final BlockingQueue<Mail> got = new LinkedBlockingQueue<>();
  private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Without TLS, on any free port. */
  public SmtpServer() {
    this(null, false, 0);
  }

  /**
   * With TLS.
   *
   * @param isEncrypted whether from the beginning, and not from STARTTLS on
   */
  public SmtpServer(SSLContext tls, boolean isEncrypted) {
    this(tls, isEncrypted, 0);
  }

  /** The same on that port. */
  public SmtpServer(SSLContext tls, boolean isEncrypted, int port) {
    this.tls = tls;
    this.isEncrypted = isEncrypted;
    try {
      server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Thread(this::accept, "smtp").start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        new Thread(() -> serve(socket), "smtp-connection").start();
      } catch (IOException e) {
        // The server is closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(isEncrypted ? encrypted(socket) : socket).run();
    } catch (IOException e) {
      // The other side has gone, or was told to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private Socket encrypted(Socket socket) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    return encrypted;
  }

  /** What is said over one connection. */
  private final class Conversation {
    private Socket socket;
    private BufferedReader in;
    private String user;
    private String from;
    private List<String> to = new ArrayList<>();

    Conversation(Socket socket) throws IOException {
      use(socket);
    }

    private void use(Socket next) throws IOException {
      socket = next;
      in = new BufferedReader(new InputStreamReader(next.getInputStream(), UTF_8));
    }

    void run() throws IOException, InterruptedException {
      say(GREETING, "220 mail.test ready");
      String line = in.readLine();
      while (line != null) {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        take(verb, line);
        line = verb.equals("QUIT") ? null : in.readLine();
      }
    }

    private void take(String verb, String line) throws IOException, InterruptedException {
      switch (verb) {
        case "EHLO" -> say(verb, extensions());
        case "STARTTLS" -> {
          say(verb, "220 go on");
          use(encrypted(socket));
        }
        case "AUTH" -> {
          user = new String(java.util.Base64.getDecoder().decode(line.split(" ")[2]), UTF_8);
          say(verb, "235 ok");
        }
        case "MAIL" -> {
          from = address(line);
          to = new ArrayList<>();
          say(verb, "250 ok");
        }
        case "RCPT" -> {
          to.add(address(line));
          say(verb, "250 ok");
        }
        case "DATA" -> {
          if (say(verb, "354 go on")) {
            String text = text();
            got.add(new Mail(from, to, text, user, socket instanceof SSLSocket));
            say(END, "250 accepted");
          }
        }
        case "QUIT" -> say(verb, "221 bye");
        default -> say(verb, "250 ok");
      }
    }

    private String extensions() {
      String auth = "250 AUTH PLAIN";
      return tls == null || socket instanceof SSLSocket
          ? "250-mail.test\r\n" + auth
          : "250-mail.test\r\n250-STARTTLS\r\n" + auth;
    }

    private static String address(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private String text() throws IOException {
      StringBuilder text = new StringBuilder();
      String line = in.readLine();
      while (line != null && !line.equals(".")) {
        text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        line = in.readLine();
      }
      if (line == null) {
        throw new IOException("The text has no end");
      }
      return text.toString();
    }

    /** Says the usual, or what it was told to; returns whether that is not an error. */
    private boolean say(String verb, String usual) throws IOException, InterruptedException {
      if (verb.equals(END)) {
        held.await();
      }
      Queue<String> told = answers.get(verb);
      String next = told == null ? null : told.poll();
      String answer = next == null ? usual : next;
      switch (answer) {
        case CUT -> throw new IOException("Cut as told");
        case SILENCE -> in.readLine();
        case TRICKLE -> trickle(socket.getOutputStream());
        case FLOOD -> flood(socket.getOutputStream());
        default -> {
          socket.getOutputStream().write((answer + "\r\n").getBytes(UTF_8));
          socket.getOutputStream().flush();
        }
      }
      return answer.charAt(0) < '4';
    }

    private static void flood(OutputStream out) throws IOException {
      byte[] lines = "250-and so on\r\n".repeat(1000).getBytes(UTF_8);
      while (true) {
        out.write(lines);
      }
    }

    private static void trickle(OutputStream out) throws IOException, InterruptedException {
      while (true) {
        out.write('2');
        out.flush();
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /**
   * Answers to the next commands of that name, one each.
   *
   * @param verb such as {@code RCPT}, {@link #GREETING} or {@link #END}
   */
  public void answer(String verb, String... replies) {
    answers.computeIfAbsent(verb, any -> new ConcurrentLinkedQueue<>()).addAll(List.of(replies));
  }

  /** Answers no text of an e-mail until {@link #release}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  /** Answers those that were held, and the next. */
  public void release() {
    held.countDown();
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** The next e-mail whose text came; fails when none comes. */
  public Mail next() throws InterruptedException {
    Mail next = got.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No e-mail came within " + LIMIT_SECONDS + " seconds");
    }
    return next;
  }

  /** How many e-mails came that were not taken by {@link #next}. */
  public int waiting() {
    return got.size();
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    held.countDown();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
