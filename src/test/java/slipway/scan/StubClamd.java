package slipway.scan;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks clamd's INSTREAM, and finds a virus in what holds {@link #VIRUS}. It can be told to do
 * what a real one does on a bad day.
 */
public final class StubClamd implements AutoCloseable {
  static final String VIRUS = "--a-virus-for-tests--";
  private static final int LIMIT_BYTES = 10_000;

  /** What it does with files. */
  enum Mood {
    WELL,
    /** It answers when it is let to. */
    WAITING,
    /** It takes no more than 10,000 bytes, and says so before it has them all. */
    LIMITED,
    /** It reads nothing. */
    HANGING,
    /** It reads all, and never answers. */
    SILENT,
    /** Its answer has no end. */
    CUT,
    GARBLED,
    REFUSING,
    /** It finds something in each file. */
    FINDING,
    /** It says that the file is clean before it has it. */
    HASTY
  }

  private final ServerSocketChannel socket;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Semaphore leave = new Semaphore(0);
  private final AtomicInteger files = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;

  private StubClamd(ServerSocketChannel socket, SocketAddress address) throws IOException {
    this.socket = socket.bind(address);
    start(this::accept);
  }

  /** At that port of this machine; 0 for any that is free. */
  public static StubClamd at(int port) throws IOException {
    return new StubClamd(
        ServerSocketChannel.open(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static StubClamd at(Path path) throws IOException {
    return new StubClamd(
        ServerSocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(path));
  }

  /** Where it listens. */
  public int port() throws IOException {
    return ((InetSocketAddress) socket.getLocalAddress()).getPort();
  }

  void is(Mood next) {
    leave.drainPermits();
    mood = next;
  }

  /** Lets those that wait be answered, and those to come. */
  void letGo() {
    mood = Mood.WELL;
    leave.release(1000);
  }

  /** How many files it was asked about. */
  int files() {
    return files.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "stub-clamd");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = socket.accept();
        open.add(client);
        start(() -> talk(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void talk(SocketChannel client) {
    try (client) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(client));
      String command = command(in);
      if (command.equals("PING")) {
        say(client, "PONG\0");
      } else if (command.equals("INSTREAM")) {
        files.incrementAndGet();
        scan(client, in);
      } else {
        say(client, "UNKNOWN COMMAND\0");
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone.
    } finally {
      open.remove(client);
    }
  }

  private static String command(DataInputStream in) throws IOException {
    if (in.readByte() != 'z') {
      throw new EOFException("Only commands that end with a zero are known");
    }
    StringBuilder command = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != 0; next = in.readUnsignedByte()) {
      command.append((char) next);
    }
    return command.toString();
  }

  private void scan(SocketChannel client, DataInputStream in)
      throws IOException, InterruptedException {
    Mood now = mood;
    if (now == Mood.HANGING) {
      new Semaphore(0).acquire();
    } else if (now == Mood.HASTY) {
      say(client, "stream: OK\0");
      return;
    }
    StringBuilder file = new StringBuilder();
    for (int length = in.readInt(); length != 0; length = in.readInt()) {
      byte[] piece = new byte[length];
      in.readFully(piece);
      file.append(new String(piece, StandardCharsets.ISO_8859_1));
      if (now == Mood.LIMITED && file.length() > LIMIT_BYTES) {
        say(client, "INSTREAM size limit exceeded. ERROR\0");
        return;
      }
    }
    switch (now) {
      case SILENT -> new Semaphore(0).acquire();
      case WAITING -> leave.acquire();
      case CUT -> {
        say(client, "stream: OK");
        return;
      }
      case GARBLED -> {
        say(client, "stream: OKAY OK?\0");
        return;
      }
      case REFUSING -> {
        say(client, "COMMAND READ TIMED OUT. ERROR\0");
        return;
      }
      case FINDING -> {
        say(client, "stream: Test.Virus-2 FOUND\0");
        return;
      }
      default -> {}
    }
    say(client, file.indexOf(VIRUS) < 0 ? "stream: OK\0" : "stream: Test.Virus-1 FOUND\0");
  }

  private static void say(SocketChannel client, String words) throws IOException {
    Channels.newOutputStream(client).write(words.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (SocketChannel client : open) {
      client.close();
    }
  }
}
