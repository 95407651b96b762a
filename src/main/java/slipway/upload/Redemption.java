package slipway.upload;

import java.io.IOException;
import java.util.Optional;
import slipway.photo.Photo;
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
    reception = new Reception(parts.media().receive(), rules(), part.filename());
    part.copyTo(reception);
    reception.end();
  }

  /**
   * Keeps the file, makes the photo and spends the use: when this returns, all three are durable.
   *
   * @throws UploadRefusedException when token or file are missing, or the token does not take it
   * @throws IOException when the file cannot be stored
   */
  public Photo finish() throws IOException {
    if (use == null) {
      throw new UploadRefusedException(Reason.NO_TOKEN, "The field upload_token is missing.");
    }
    if (reception == null) {
      throw new UploadRefusedException(Reason.NO_FILE, "No file was sent in the field file.");
    }
    Received received = reception.received();
    // The file may have come before the token that limits it.
    rules().checkSize(received.size());
    rules().checkType(received.type());
    return parts.completion().complete(use, received);
  }

  private Rules rules() {
    return use == null ? parts.rules() : parts.rules().within(use.token().limits());
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
