package slipway.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Objects;

/**
 * A connection by which only so much comes back, encrypted or not: an answer is read whole, however
 * many lines it has, and however long they are.
 */
final class AnswerSocket extends Socket {
  /** Bytes of all answers: some hundred times what an e-mail takes. */
  static final int MOST = 1 << 20;

  private int left = MOST;

  @Override
  public InputStream getInputStream() throws IOException {
    return new Answers(super.getInputStream());
  }

  /** For the one thread that reads at a time. */
  private final class Answers extends FilterInputStream {
    Answers(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      Objects.checkFromIndexSize(from, most, bytes.length);
      if (most > 0 && left == 0) {
        throw new IOException("its answers are too long");
      }
      int count = super.read(bytes, from, Math.min(most, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
