package slipway.media.pictures;

import com.drew.lang.RandomAccessReader;
import java.io.EOFException;
import java.io.IOException;

/** The bytes of a TIFF, for a reader that goes back and forth in it. */
final class TiffBytes extends RandomAccessReader {
  private final DecoderInput in;
  private final long length;

  TiffBytes(PictureFile file) throws IOException {
    in = new DecoderInput(file);
    length = file.size();
  }

  @Override
  public int toUnshiftedOffset(int offset) {
    return offset;
  }

  @Override
  public byte getByte(int index) throws IOException {
    validateIndex(index, 1);
    in.seek(index);
    return in.readByte();
  }

  @Override
  public byte[] getBytes(int index, int count) throws IOException {
    validateIndex(index, count);
    byte[] bytes = new byte[count];
    in.seek(index);
    in.readFully(bytes);
    return bytes;
  }

  @Override
  protected void validateIndex(int index, int count) throws IOException {
    if (!isValidIndex(index, count)) {
      throw new EOFException("There are no " + count + " bytes at " + index);
    }
  }

  @Override
  protected boolean isValidIndex(int index, int count) {
    return index >= 0 && count >= 0 && (long) index + count <= length;
  }

  @Override
  public long getLength() {
    return length;
  }
}
