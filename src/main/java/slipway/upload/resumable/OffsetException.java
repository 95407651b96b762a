package slipway.upload.resumable;

import java.io.IOException;

/** Bytes that do not begin where those that are there end. */
public final class OffsetException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  OffsetException(long offset) {
    super("The upload is at offset " + offset + ": send the bytes from there on.");
    this.offset = offset;
  }

  /** Where the bytes that are there end. */
  public long offset() {
    return offset;
  }
}
