package slipway.upload;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import slipway.db.UnknownOutcomeException;
import slipway.multipart.Part;
import slipway.photo.Photo;
import slipway.token.KeptToken;
import slipway.token.KeyedUpload;
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
  private final String idempotencyKey;
  private TokenUse use;
  private Earlier earlier;
  private Resent resent;
  private FileReceiver reception;
  private final UploadRoom room;
  private final String waitingAddress;
  private final long start = System.nanoTime();
  private boolean hasFile;
  private boolean finished;
  private boolean inDoubt;
  private boolean refused;

  /**
   * One with these parts.
   *
   * @param idempotencyKey null for none
   * @param waitingAddress whom it is counted for while it waits for other uploads with its token;
   *     null to wait for none
   */
  Redemption(Redemptions parts, String idempotencyKey, UploadRoom room, String waitingAddress) {
    this.parts = parts;
    this.idempotencyKey = idempotencyKey;
    this.room = room;
    this.waitingAddress = waitingAddress;
  }

  /**
   * The upload that this one repeats.
   *
   * @param keyed what is known of its file; null where the file was found to be the same
   */
  private record Earlier(UploadToken token, Photo photo, KeyedUpload keyed) {
    static Earlier same(UploadToken token, Photo photo) {
      return new Earlier(token, photo, null);
    }
  }

  /**
   * Says which token is redeemed, and reserves a use of it. While other uploads hold its uses, this
   * waits for them, as one of them may be the same file. If there is no use then, but files have
   * been stored with the token, the file is compared with these.
   *
   * @throws TokenRefusedException when it is unknown, expired or used up, or other uploads hold its
   *     uses for longer
   * @throws UploadLaterException when another request with its idempotency key still runs
   * @throws UploadRefusedException when this repeats an upload whose photo has been deleted, or has
   *     the key of an upload of another file than the one that came
   */
  public void token(String id) throws TokenRefusedException, IOException {
    if (token().isPresent()) {
      return;
    }
    TokenRefusedException refusal = refusal(id);
    if (refusal != null && waitingAddress != null) {
      refusal = parts.waiting().retry(id, waitingAddress, refusal, () -> refusal(id));
    }
    if (refusal != null) {
      resent = resent(id, refusal);
    }
    room.tokenKnown();
    if (resent != null && reception != null) {
      earlier = Earlier.same(resent.token(), resent.photo(reception.received()));
    }
    if (earlier != null) {
      checkSame();
      discard();
    }
  }

  private TokenRefusedException refusal(String id) throws IOException {
    try {
      reserve(id);
      return null;
    } catch (TokenRefusedException e) {
      return e;
    }
  }

  private Resent resent(String id, TokenRefusedException refusal) throws TokenRefusedException {
    KeptToken kept =
        parts
            .tokens()
            .recall(id)
            .filter(found -> found.token().purpose() == parts.purpose())
            .orElseThrow(() -> refusal);
    List<Photo> photos = parts.stored().by(kept);
    if (photos.isEmpty()) {
      throw refusal;
    }
    return new Resent(parts.stored(), kept.token(), refusal, photos);
  }

  private void reserve(String id) throws TokenRefusedException, IOException {
    if (idempotencyKey == null) {
      use = parts.tokens().reserve(id, parts.purpose());
    } else if (!isRepeat(id)) {
      reserveShared(id);
    }
  }

  private void reserveShared(String id) throws TokenRefusedException, IOException {
    try {
      use = parts.sharedUses().reserve(id, idempotencyKey, () -> isRepeat(id)).orElse(null);
    } catch (TokenRefusedException e) {
      // The request that this one repeats may have ended just now, and taken the last use.
      if (!isRepeat(id)) {
        throw e;
      }
    }
  }

  private boolean isRepeat(String id) throws UploadRefusedException {
    Optional<UploadToken> token =
        parts
            .tokens()
            .recallEvenRevoked(id)
            .map(KeptToken::token)
            .filter(kept -> kept.purpose() == parts.purpose());
    if (token.isPresent()) {
      Optional<KeyedUpload> keyed = parts.completion().earlier(id, idempotencyKey);
      if (keyed.isPresent()) {
        Photo photo = parts.completion().made(keyed.get().photoId());
        earlier = new Earlier(token.get(), photo, keyed.get());
      }
    }
    return earlier != null;
  }

  /** Compares a file that came before its token with the one that its key stands for. */
  private void checkSame() throws UploadRefusedException {
    if (earlier.keyed() != null && reception != null) {
      Received received = reception.received();
      if (!earlier.keyed().mayBe(received.filename(), received.size())) {
        refused = true;
        throw UploadRefusedException.keyOfAnotherFile();
      }
    }
  }

  /** The token, once it is known. */
  public Optional<UploadToken> token() {
    if (earlier != null) {
      return Optional.of(earlier.token());
    }
    return resent == null
        ? Optional.ofNullable(use).map(TokenUse::token)
        : Optional.of(resent.token());
  }

  /**
   * Receives the file, as it streams in; that of a repeat is compared, and not stored.
   *
   * @throws TokenRefusedException when the token has no use for it, and it is none of those that
   *     have been stored with it
   * @throws UploadRefusedException when it is not taken, is the second one, or is another than that
   *     of the upload with its key
   * @throws UploadLaterException when there is no room for it now
   * @throws IOException when the visitor is gone, or the file cannot be stored
   */
  public void file(Part part) throws IOException, TokenRefusedException {
    try {
      if (hasFile) {
        throw UploadRefusedException.tooManyFiles();
      }
      hasFile = true;
      if (earlier != null) {
        new SameFile(earlier.keyed()).check(part);
      } else if (resent != null) {
        earlier = Earlier.same(resent.token(), resent.photo(part));
      } else {
        receive(part);
      }
    } catch (UploadRefusedException | UploadLaterException e) {
      refused = true;
      throw e;
    }
  }

  private void receive(Part part) throws IOException {
    room.checkLength();
    reception = new FileReceiver(parts.spool().receive(), rules(), room, part.filename());
    part.copyTo(reception);
    reception.end();
  }

  /**
   * Keeps the file, makes the photo and spends the use: when this returns, all three are durable. A
   * repeat gets the photo that is there.
   *
   * @param callback the address that tells of the photo
   * @throws TokenRefusedException when no file came that the token, which has no use, has stored
   * @throws UploadRefusedException when token or file are missing, or the token does not take it
   * @throws IOException when the file cannot be stored
   */
  public Photo finish(Function<Photo, String> callback) throws IOException, TokenRefusedException {
    if (earlier != null) {
      return earlier.photo();
    }
    if (resent != null) {
      throw resent.refusal();
    }
    try {
      return complete(callback);
    } catch (UploadRefusedException e) {
      refused = true;
      throw e;
    }
  }

  private Photo complete(Function<Photo, String> callback) throws IOException {
    if (use == null) {
      throw new UploadRefusedException(
          Reason.NO_TOKEN,
          "The parameter '"
              + parts.purpose().parameter()
              + "' is required: a token of 40 hexadecimal digits.");
    }
    if (reception == null) {
      throw UploadRefusedException.noFile();
    }
    Received received = reception.received();
    // The file may have come before the token that limits it.
    rules().checkSize(received.size());
    rules().checkType(received.type());
    Submission how = new Submission(null, idempotencyKey, callback);
    Photo photo = complete(received, how);
    finished = true;
    UploadMetrics.took(System.nanoTime() - start);
    return photo;
  }

  private Photo complete(Received received, Submission how) throws IOException {
    String file = received.incoming().name();
    try {
      return parts.completion().complete(use, received, how);
    } catch (UnknownOutcomeException e) {
      if (e.isSettled()) {
        spendIfRecorded(file);
      } else {
        keepUseUntilSettled(file);
      }
      throw e;
    }
  }

  /** While nobody knows whether the use is spent, nobody else gets it. */
  private void keepUseUntilSettled(String file) {
    inDoubt = true;
    parts
        .completion()
        .whenSettled(
            () -> {
              spendIfRecorded(file);
              use.close();
            });
  }

  private void spendIfRecorded(String file) {
    if (parts.completion().isRecorded(file)) {
      use.spent();
    }
  }

  private FileRules rules() {
    return use == null ? parts.rules() : parts.rules().within(use.token().limits());
  }

  private void count() {
    if (refused) {
      UploadMetrics.refused();
    } else if (!finished && (use != null || reception != null)) {
      UploadMetrics.unfinished();
    }
  }

  @Override
  public void close() throws IOException {
    count();
    try {
      discard();
    } finally {
      if (use != null && !inDoubt) {
        use.close();
      }
    }
  }

  /** Deletes the file that came, unless it was kept, and gives its room back. */
  private void discard() throws IOException {
    try (room) {
      if (reception != null) {
        reception.close();
      }
    }
  }
}
