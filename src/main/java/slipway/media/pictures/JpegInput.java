package slipway.media.pictures;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** The head of a JPEG as it is kept, and the file after it. */
final class JpegInput extends ImageInputStreamImpl {
  private final JpegHead head;
  private final DecoderInput rest;

  JpegInput(JpegHead head, PictureFile file) {
    this.head = head;
    this.rest = new DecoderInput(file);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    int count;
    if (streamPos < head.bytes().length) {
      count = (int) Math.min(length, head.bytes().length - streamPos);
      System.arraycopy(head.bytes(), (int) streamPos, bytes, offset, count);
    } else {
      rest.seek(streamPos - head.bytes().length + head.scan());
      count = rest.read(bytes, offset, length);
    }
    streamPos += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    super.close();
    rest.close();
  }
}
