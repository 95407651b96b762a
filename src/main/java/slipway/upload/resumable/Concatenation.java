package slipway.upload.resumable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import slipway.media.MediaType;
import slipway.media.PartialFile;
import slipway.upload.DiskShare;
import slipway.upload.UploadRefusedException;

/**
 * Parts that are concatenated into one file.
 *
 * @param parts whole ones of one token, in order
 * @param size bytes of all
 */
record Concatenation(List<ResumableUpload> parts, long size) {
  /**
   * The parts of these ids.
   *
   * @param all finds an upload by its id
   * @throws UploadRefusedException when one is unknown, not whole, or of another token
   */
  static Concatenation of(
      String token, List<String> ids, Function<String, Optional<ResumableUpload>> all)
      throws UploadRefusedException {
    List<ResumableUpload> parts = new ArrayList<>();
    long size = 0;
    for (String id : ids) {
      ResumableUpload part =
          all.apply(id)
              .filter(ResumableUpload::isWholePart)
              .filter(found -> found.info().token().equals(token))
              .orElseThrow(() -> UploadRefusedException.lie("A part is missing or not whole yet."));
      parts.add(part);
      size += part.info().size();
    }
    return new Concatenation(parts, size);
  }

  /**
   * Copies the parts into a new upload of their size, if the disk has room for all of them. Its
   * type is looked at before.
   */
  void appendTo(ResumableUpload whole, DiskUse disk) throws IOException {
    whole.checkType(head());
    Stretch stretch = whole.beginWhole();
    try (DiskShare room = disk.share(size)) {
      copyTo(whole.file(), room);
      whole.accept(stretch, size);
    } finally {
      whole.leave(stretch);
    }
  }

  private void copyTo(PartialFile file, DiskShare room) throws IOException {
    try {
      for (ResumableUpload part : parts) {
        file.append(part.file(), room::wrote);
      }
    } catch (IOException e) {
      throw room.failed(e);
    }
  }

  /** What the type is told by. */
  private byte[] head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (ResumableUpload part : parts) {
      if (head.size() < MediaType.HEAD_BYTES) {
        head.writeBytes(part.file().head(MediaType.HEAD_BYTES - head.size()));
      }
    }
    return head.toByteArray();
  }
}
