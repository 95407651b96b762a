package slipway.upload;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import slipway.media.MediaKey;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.Tags;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.UploadRefusedException.Reason;

/**
 * One request that redeems a token. Token and file come in any order; {@link #finish} makes the
 * photo. Closed before that, it leaves nothing: the use goes back to the token, the file is
 * deleted.
 */
public final class Redemption implements AutoCloseable {
  private final Redemptions parts;
  private TokenUse use;
  private Reception reception;

  Redemption(Redemptions parts) {
    this.parts = parts;
  }

  /**
   * Says which token is redeemed, and reserves a use of it.
   *
   * @throws TokenRefusedException when it is unknown, expired or used up
   */
  public void token(String id) throws TokenRefusedException {
    if (use == null) {
      use = parts.tokens().reserve(id);
    }
  }

  /** The token, once it is known. */
  public Optional<UploadToken> token() {
    return Optional.ofNullable(use).map(TokenUse::token);
  }

  /**
   * Receives the file, as it streams in.
   *
   * @throws UploadRefusedException when it is not taken
   * @throws IOException when the visitor is gone, or the file cannot be stored
   */
  public void file(Part part) throws IOException {
    if (reception != null) {
      throw new UploadRefusedException(
          Reason.TOO_MANY_FILES, "One upload takes one file: send each in a form of its own.");
    }
    reception = new Reception(parts.media().receive(), parts.rules(), part.filename());
    part.copyTo(reception);
    reception.end();
  }

  /**
   * Keeps the file, makes the photo and spends the use: when this returns, all three are durable.
   *
   * @throws UploadRefusedException when token or file are missing
   * @throws IOException when the file cannot be stored
   */
  public Photo finish() throws IOException {
    if (use == null) {
      throw new UploadRefusedException(Reason.NO_TOKEN, "The field upload_token is missing.");
    }
    if (reception == null) {
      throw new UploadRefusedException(Reason.NO_FILE, "No file was sent in the field file.");
    }
    MediaKey key = parts.media().keep(reception.incoming());
    try {
      Photo photo = parts.database().write(tx -> record(tx, key));
      use.spent();
      return photo;
    } catch (RuntimeException e) {
      deleteUnlessRecorded(key);
      throw e;
    }
  }

  private Photo record(Handle tx, MediaKey key) {
    Photo photo = parts.photos().add(tx, photo(key));
    use.spend(tx);
    return photo;
  }

  /** A failed commit may have come through after all: a row always has its file. */
  private void deleteUnlessRecorded(MediaKey key) throws IOException {
    if (!parts.photos().hasMedia(key.name())) {
      parts.media().delete(key);
    }
  }

  private NewPhoto photo(MediaKey key) {
    UploadToken token = use.token();
    UploadToken.Details details = token.details();
    List<Long> albums =
        details.albumId().isEmpty() ? List.of() : List.of(Long.valueOf(details.albumId()));
    return new NewPhoto(
        key.treeId(),
        key.name(),
        details.title(),
        details.description(),
        Tags.parse(details.tags()),
        details.publish(),
        details.userId(),
        albums,
        reception.filename(),
        reception.type(),
        reception.size(),
        token.id());
  }

  @Override
  public void close() throws IOException {
    try {
      if (reception != null) {
        reception.close();
      }
    } finally {
      if (use != null) {
        use.close();
      }
    }
  }
}
