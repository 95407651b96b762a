package slipway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import slipway.multipart.Part;
import slipway.token.KeyedUpload;

/**
 * Compares a file that comes again, under its idempotency key, with what is known of the first one:
 * name and size. This needs no access to the disk; distinguishing files is what a key is for.
 */
final class SameFile implements WritableByteChannel {
  private final KeyedUpload first;
  private long came;

  SameFile(KeyedUpload first) {
    this.first = first;
  }

  /**
   * Reads the file, as far as it may be the same.
   *
   * @throws UploadRefusedException when it is another
   */
  void check(Part file) throws IOException {
    if (!first.isNamed(FileName.kept(file.filename()))) {
      throw UploadRefusedException.keyOfAnotherFile();
    }
    file.copyTo(this);
    if (first.size() != null && came < first.size()) {
      throw UploadRefusedException.keyOfAnotherFile();
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    came += count;
    if (first.size() != null && came > first.size()) {
      throw UploadRefusedException.keyOfAnotherFile();
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is stored.
  }
}
