package slipway.upload;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import slipway.multipart.Part;
import slipway.photo.Photo;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;

/**
 * A form whose token accepts no more uploads, but has stored files: if its file is one of them, the
 * visitor has sent it again, and gets the photo. Nothing is stored.
 *
 * @param token the token
 * @param refusal the answer to any other file
 * @param photos those that have their files by the token
 */
record Resent(Stored stored, UploadToken token, TokenRefusedException refusal, List<Photo> photos) {
  /** Brings a file. */
  @FunctionalInterface
  private interface Source {
    void copyTo(WritableByteChannel out) throws IOException;
  }

  /**
   * The photo with the file that streams in.
   *
   * @throws TokenRefusedException as soon as it differs from all that were stored lately under its
   *     name
   */
  Photo photo(Part file) throws IOException, TokenRefusedException {
    return photo(file.filename(), file::copyTo);
  }

  /** The photo with a file that arrived before its token. */
  Photo photo(Received file) throws IOException, TokenRefusedException {
    return photo(file.filename(), file::copyTo);
  }

  private Photo photo(String filename, Source file) throws IOException, TokenRefusedException {
    try (Originals originals = stored.open(photos, filename)) {
      if (originals.isEmpty()) {
        throw refusal;
      }
      file.copyTo(originals);
      return originals.whole().orElseThrow(() -> refusal);
    } catch (DifferentFileException e) {
      throw refusal;
    }
  }
}
