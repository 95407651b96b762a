package slipway.upload.resumable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import slipway.upload.UploadRefusedException;

/**
 * Parts that are put together to one file.
 *
 * @param parts whole ones of one token, in order
 * @param size bytes of all
 */
record Concatenation(List<ResumableUpload> parts, long size) {
  /**
   * The parts of these ids.
   *
   * @throws UploadRefusedException when one is unknown, not whole, or of another token
   */
  static Concatenation of(String token, List<String> ids, UnfinishedUploads unfinished)
      throws UploadRefusedException {
    List<ResumableUpload> parts = new ArrayList<>();
    long size = 0;
    for (String id : ids) {
      ResumableUpload part =
          unfinished
              .find(id)
              .filter(ResumableUpload::isWholePart)
              .filter(found -> found.info().token().equals(token))
              .orElseThrow(() -> UploadRefusedException.lie("A part is missing or not whole yet."));
      parts.add(part);
      size += part.info().size();
    }
    return new Concatenation(parts, size);
  }

  /**
   * Copies the parts into a new upload of their size; its type is looked at as soon as it shows.
   */
  void appendTo(ResumableUpload whole, DiskUse disk) throws IOException {
    String token = whole.info().token();
    Stretch stretch = whole.beginWhole();
    disk.claim(token, size);
    try {
      long written = 0;
      for (ResumableUpload part : parts) {
        whole.file().append(part.file());
        written += part.info().size();
        whole.lookAtHead(written);
      }
    } finally {
      disk.release(token, size);
    }
    whole.accept(stretch, size);
  }
}
