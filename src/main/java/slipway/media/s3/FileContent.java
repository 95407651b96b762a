package slipway.media.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import slipway.media.IncomingFile;

/**
 * A file in the spool as what is to be an object.
 *
 * @param file may have pieces that are objects already
 */
record FileContent(IncomingFile file) implements ObjectContent {
  @Override
  public InputStream read(long first, long length) throws IOException {
    return file.read(first, length);
  }

  @Override
  public Optional<String> object(long first, long length) {
    return file.piece(first, length).map(piece -> ObjectNames.piece(piece.name()));
  }
}
