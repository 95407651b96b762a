package slipway.upload.resumable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import slipway.upload.DifferentFileException;
import slipway.upload.UploadRefusedException;

/**
 * A stretch of which every byte is there already: it is compared as it comes. Another file that
 * came under the same name is refused; where chunks come in any order, it ends the upload, unless
 * that is a photo by now: nobody could tell which bytes of it are whose.
 */
final class RepeatedPiece implements Piece {
  private final ResumableUpload upload;
  private final WritableByteChannel same;
  private final long length;
  private long came;

  RepeatedPiece(ResumableUpload upload, WritableByteChannel same, long length) {
    this.upload = upload;
    this.same = same;
    this.length = length;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    came += count;
    if (came > length) {
      throw UploadRefusedException.lie("More bytes arrived than were announced.");
    }
    try {
      same.write(bytes);
    } catch (DifferentFileException e) {
      throw upload.otherFileCame();
    }
    upload.stays(); // Though none of its bytes is new.
    return count;
  }

  @Override
  public void checkWhole() throws IOException {
    if (came < length) {
      throw UploadRefusedException.lie("Fewer bytes arrived than were announced.");
    }
  }

  @Override
  public void end() throws IOException {
    checkWhole();
  }

  @Override
  public boolean isOpen() {
    return same.isOpen();
  }

  @Override
  public void close() throws IOException {
    same.close();
  }
}
