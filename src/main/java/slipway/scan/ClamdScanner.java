package slipway.scan;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * clamd, which gets each file over its socket (INSTREAM), so that it need not be able to read it.
 */
final class ClamdScanner implements VirusScanner {
  private static final Logger LOG = LoggerFactory.getLogger(ClamdScanner.class);
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int PIECE_BYTES = 64 << 10;
  private static final byte[] INSTREAM = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING = "zPING\0".getBytes(StandardCharsets.US_ASCII);

  private final ClamdAddress address;
  private final Duration most;

  /**
   * The one at that address.
   *
   * @param most how long it may take for a file
   */
  ClamdScanner(ClamdAddress address, Duration most) {
    this.address = address;
    this.most = most;
  }

  @Override
  public ScanVerdict scan(Path file, long size) throws IOException, InterruptedException {
    try (FileChannel bytes = FileChannel.open(file);
        ClamdConnection clamd = connect(most)) {
      return ask(clamd, bytes, size);
    }
  }

  private ClamdConnection connect(Duration time) throws ScannerAwayException, InterruptedException {
    try {
      return ClamdConnection.open(address, TO_CONNECT, time);
    } catch (IOException e) {
      throw new ScannerAwayException("clamd cannot be reached at " + address, e);
    }
  }

  private ScanVerdict ask(ClamdConnection clamd, FileChannel file, long size)
      throws IOException, InterruptedException {
    FilePiece piece = new FilePiece(file, size);
    boolean isWhole = false;
    try {
      boolean isOpen = clamd.send(ByteBuffer.wrap(INSTREAM));
      while (isOpen && !isWhole) {
        boolean isLast = piece.read();
        isOpen = clamd.send(piece.bytes);
        isWhole = isOpen && isLast;
      }
    } catch (UnreadFileException e) {
      throw e;
    } catch (InterruptedIOException e) {
      return ScanVerdict.tooLong(most.toSeconds());
    } catch (IOException e) {
      LOG.debug("clamd took no more of a file; it may have said why", e);
    }
    try {
      return ClamdReply.verdict(clamd.reply(), isWhole);
    } catch (InterruptedIOException e) {
      return ScanVerdict.tooLong(most.toSeconds());
    } catch (IOException e) {
      LOG.debug("clamd gave no answer", e);
      return ScanVerdict.unknown("The virus scanner ended the connection without a verdict.");
    }
  }

  /** The file could not be read: that says nothing about clamd. */
  private static final class UnreadFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadFileException(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** A piece of the file with its length before it, in network byte order; an empty one ends it. */
  private static final class FilePiece {
    private final FileChannel file;
    private final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + PIECE_BYTES);

    private long left;

    FilePiece(FileChannel file, long size) {
      this.file = file;
      this.left = size;
    }

    /** Takes the next one; whether it ends the file. */
    boolean read() throws UnreadFileException {
      bytes.clear().position(Integer.BYTES);
      try {
        file.read(bytes);
      } catch (IOException e) {
        throw new UnreadFileException("A file cannot be read", e);
      }
      bytes.flip();
      int length = bytes.remaining() - Integer.BYTES;
      bytes.putInt(0, length);
      left -= length;
      if (length == 0 && left != 0) {
        throw new UnreadFileException("The length of a file has changed since it arrived", null);
      }
      return length == 0;
    }
  }

  @Override
  public boolean probe() throws ScannerAwayException, InterruptedException {
    try (ClamdConnection clamd = connect(TO_CONNECT)) {
      clamd.send(ByteBuffer.wrap(PING));
      String reply = clamd.reply();
      if (!reply.equals("PONG")) {
        throw new IOException("It does not answer as clamd does");
      }
      return true;
    } catch (ScannerAwayException e) {
      throw e;
    } catch (IOException e) {
      throw new ScannerAwayException("clamd does not answer at " + address, e);
    }
  }
}
