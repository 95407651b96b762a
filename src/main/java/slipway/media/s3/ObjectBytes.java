package slipway.media.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object that the store is sending. Closed before their end, the connection is
 * closed with them: to read the rest off could take as long as the object is.
 */
final class ObjectBytes extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> answer;
  private boolean isAtEnd;

  ObjectBytes(ResponseInputStream<GetObjectResponse> answer) {
    super(answer);
    this.answer = answer;
  }

  /** What the store says of the object. */
  GetObjectResponse head() {
    return answer.response();
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    isAtEnd |= one < 0;
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    int read = super.read(buffer, offset, count);
    isAtEnd |= read < 0;
    return read;
  }

  /** Sees the end, after the last byte was read. */
  void finish() throws IOException {
    isAtEnd |= read() < 0;
  }

  @Override
  public void close() throws IOException {
    if (isAtEnd) {
      super.close();
    } else {
      answer.abort();
    }
  }
}
