package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import slipway.media.MediaType;
import slipway.media.PartialFile;
import slipway.upload.FileRules;
import slipway.upload.UploadRefusedException;

/** Looks at the type of a file as soon as enough of its start is there. For many threads. */
final class TypeCheck {
  private final PartialFile file;
  private final FileRules rules;
  private final long enough;

  @GuardedBy("this")
  private boolean begun;

  /** For a file that will have so many bytes. */
  TypeCheck(PartialFile file, FileRules rules, long size) {
    this.file = file;
    this.rules = rules;
    this.enough = Math.min(MediaType.HEAD_BYTES, size);
  }

  /**
   * Whether it is time to look, which it is once.
   *
   * @param end how many bytes are there from the start on
   */
  synchronized boolean isDue(long end) {
    boolean due = !begun && end >= enough;
    begun = begun || due;
    return due;
  }

  /**
   * The type.
   *
   * @throws UploadRefusedException when it is not taken
   */
  String check() throws IOException {
    byte[] first = file.head(MediaType.FIRST_BYTES);
    return MediaType.ofFirstBytes(first).isPresent()
        ? check(first)
        : check(file.head(MediaType.HEAD_BYTES));
  }

  /** The same by a file's first bytes. */
  String check(byte[] head) throws UploadRefusedException {
    String type = MediaType.detect(head);
    rules.checkType(type);
    return type;
  }
}
