package slipway.media.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import slipway.media.IncomingFile;
import slipway.media.KeptPiece;
import slipway.media.MediaKey;
import slipway.media.PieceStore;

/** Pieces as objects of a bucket, beside the files that they become. */
final class PieceObjects implements PieceStore {
  private final ObjectStore store;

  PieceObjects(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void keep(KeptPiece piece, IncomingFile file) throws IOException {
    long start = piece.first();
    new NewObject(store, ObjectNames.piece(piece.name()))
        .make(piece.end() - start, (first, length) -> file.read(start + first, length));
  }

  @Override
  public InputStream read(KeptPiece piece, long first, long length) {
    String object = ObjectNames.piece(piece.name());
    return new ObjectRange(store, object, first, first + length, length, length);
  }

  @Override
  public String nameOf(String piece) {
    return ObjectNames.piece(piece);
  }

  @Override
  public String nameOfWhole(String file) {
    return ObjectNames.original(MediaKey.of(file));
  }

  @Override
  public void delete(Collection<String> names) throws IOException {
    store.deleteAll(names.stream().map(ObjectNames::piece).toList());
  }
}
