package slipway.upload;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import slipway.db.UnknownOutcomeException;
import slipway.multipart.Part;
import slipway.photo.Photo;
import slipway.token.KeptToken;
import slipway.token.KeyedUpload;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * One request that redeems a token. Token and file come in any order; {@link #finish} makes the
 * photo. Closed before that, it leaves nothing: the use goes back to the token, the file is
 * deleted.
 *
 * <p>Where chunks are accepted, a file may turn out to be one at the end of its form: then {@link
 * #asChunk} hands it on, otherwise {@link #whole} must be called. Until then its type is ignored,
 * and if the token has no free use, one is requested again at the end.
 */
public final class Redemption implements AutoCloseable {
  private final Redemptions parts;
  private final SentForm form;
  private final FormUse use;
  private final UploadRoom room;
  private String tokenId;
  private String title = "";
  private TokenRefusedException refusedYet;
  private Earlier earlier;
  private Resent resent;
  private ScriptRepeat repeat;
  private FileReceiver reception;
  private final long start = System.nanoTime();
  private boolean hasFile;
  private boolean isChunk;
  private boolean finished;
  private boolean inDoubt;
  private boolean refused;
  private boolean closed;

  /** One with these parts. */
  Redemption(Redemptions parts, SentForm form, UploadRoom room) {
    this.parts = parts;
    this.form = form;
    this.use = new FormUse(parts.undecidedUses(), form);
    this.room = room;
  }

  /**
   * The upload that this one repeats.
   *
   * @param keyed what is known about its file; null if the file was found to be the same
   */
  private record Earlier(UploadToken token, Photo photo, KeyedUpload keyed) {
    static Earlier same(UploadToken token, Photo photo) {
      return new Earlier(token, photo, null);
    }
  }

  /**
   * Sets which token is redeemed, and reserves a use of it. While other uploads hold its uses, this
   * waits for them, as one of them may be the same file. If there is no use then, but files have
   * been stored with the token, the file is compared with these. Where the file may be a chunk of
   * an upload with that token, both are left to {@link #whole}.
   *
   * @throws TokenRefusedException when it is unknown, expired or used up, or other uploads hold its
   *     uses for longer
   * @throws UploadLaterException when another request with its idempotency key still runs
   * @throws UploadRefusedException when this repeats an upload whose photo has been deleted, or has
   *     the key of an upload of another file than the one that came
   */
  public void token(String id) throws TokenRefusedException, IOException {
    if (tokenId == null) {
      tokenId = id;
      if (use.isUndecided()) {
        tryNow();
      } else {
        redeem();
      }
    }
  }

  /** Sets the visitor's title for the file, which counts if the token has none. */
  public void title(String said) {
    title = said;
  }

  private void tryNow() throws TokenRefusedException, IOException {
    TokenRefusedException refusal = use.asking(tokenId, this::refusal);
    if (refusal != null && mayBeOfUpload(refusal)) {
      refusedYet = refusal;
    } else {
      settle(refusal);
    }
  }

  /** Whether a file may be a chunk of an existing upload, although none may begin. */
  private boolean mayBeOfUpload(TokenRefusedException refusal) {
    return parts.waiting().mayPass(tokenId, refusal) || form.chunks().test(tokenId);
  }

  /**
   * Notes, at the end of the form, that its file is no chunk.
   *
   * @throws TokenRefusedException as of {@link #token}
   * @throws UploadLaterException as of {@link #token}
   * @throws UploadRefusedException as of {@link #token}, and when the file is not taken
   */
  public void whole() throws TokenRefusedException, IOException {
    if (!use.isUndecided()) {
      return;
    }
    if (reception != null) {
      try {
        reception.checkWhole();
      } catch (UploadRefusedException e) {
        refused = true;
        throw e;
      }
    }
    use.decide();
    if (tokenId != null && !isSettled()) {
      redeem();
    }
  }

  private boolean isSettled() {
    return earlier != null || resent != null || use.get() != null;
  }

  private void redeem() throws TokenRefusedException, IOException {
    TokenRefusedException refusal = refusal();
    if (refusal != null && form.isPatient().getAsBoolean()) {
      refusal = parts.waiting().retry(tokenId, form.address(), refusal, this::refusal);
    }
    settle(refusal);
  }

  private void settle(TokenRefusedException refusal) throws TokenRefusedException, IOException {
    if (refusal != null) {
      resent = resent(tokenId, refusal);
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

  private TokenRefusedException refusal() throws IOException {
    try {
      reserve();
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

  private void reserve() throws TokenRefusedException, IOException {
    if (form.idempotencyKey() == null) {
      use.hold(parts.tokens().reserve(tokenId, parts.purpose()));
    } else if (!isRepeat(tokenId)) {
      reserveShared();
    }
  }

  private void reserveShared() throws TokenRefusedException, IOException {
    String key = form.idempotencyKey();
    SharedUses.Repeat repeat = () -> isRepeat(tokenId);
    try {
      parts.sharedUses().reserve(tokenId, key, repeat).ifPresent(use::hold);
    } catch (TokenRefusedException e) {
      // The request that this one repeats may have ended just now, and taken the last use.
      if (!isRepeat(tokenId)) {
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
      Optional<KeyedUpload> keyed = parts.completion().earlier(id, form.idempotencyKey());
      if (keyed.isPresent()) {
        Photo photo = parts.completion().made(keyed.get().photoId());
        earlier = new Earlier(token.get(), photo, keyed.get());
      }
    }
    return earlier != null;
  }

  /** Compares a file that arrived before its token with the file of its key. */
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
    return resent == null ? Optional.ofNullable(use.token()) : Optional.of(resent.token());
  }

  /**
   * Receives the file, as it streams in; that of a repeat is compared, and not stored.
   *
   * @throws TokenRefusedException when the token has no use for it, and it is not one of those that
   *     have been stored with it
   * @throws UploadRefusedException when it is not taken, is the second one, or is another than that
   *     of the upload with its key; or when the photo to replace has been deleted
   * @throws UploadLaterException when there is no room for it now
   * @throws IOException when the visitor is gone, or the file cannot be stored
   */
  public void file(Part part) throws IOException, TokenRefusedException {
    try {
      if (hasFile) {
        throw UploadRefusedException.tooManyFiles();
      }
      hasFile = true;
      awaitUse();
      if (earlier != null) {
        new SameFile(earlier.keyed()).check(part);
      } else if (resent != null) {
        earlier = Earlier.same(resent.token(), resent.photo(part));
      } else {
        checkPhoto();
        receive(part);
      }
    } catch (UploadRefusedException | UploadLaterException e) {
      refused = true;
      throw e;
    }
  }

  /** A visitor must not send a file in vain. */
  private void checkPhoto() throws UploadRefusedException {
    UploadToken token = use.token();
    if (token != null && token.purpose() == TokenPurpose.REPLACE) {
      parts.completion().made(token.replaces());
    }
  }

  /**
   * Where there is no room for a file whose token has no use for it now, waits for that use before
   * any of it is read: a visitor may have clicked twice. Chunks come again by themselves.
   */
  private void awaitUse() throws IOException, TokenRefusedException {
    if (refusedYet == null || form.chunks().test(tokenId)) {
      return;
    }
    try {
      room.checkLength();
    } catch (UploadLaterException e) {
      if (e.reason() == UploadLaterException.Reason.NO_ROOM) {
        redeem();
        refusedYet = null;
      }
    }
  }

  private void receive(Part part) throws IOException, TokenRefusedException {
    try {
      room.checkLength();
      reception =
          new FileReceiver(
              parts.spool().receive(), rules(), room, part.filename(), use.isUndecided());
      part.copyTo(compared(part.filename()));
      reception.end();
    } catch (UploadLaterException e) {
      throw refusedYet == null ? e : noRoom(e);
    }
  }

  private WritableByteChannel compared(String filename) {
    return form.mayRepeat() && use.token() != null
        ? repeat().comparing(filename, reception)
        : reception;
  }

  private ScriptRepeat repeat() {
    if (repeat == null) {
      repeat = new ScriptRepeat(parts.stored(), parts.tokens(), tokenId);
    }
    return repeat;
  }

  /** The refusal of a file for which its token has no use now; chunks of it have room. */
  private UploadLaterException noRoom(UploadLaterException failure) throws TokenRefusedException {
    if (failure.reason() != UploadLaterException.Reason.NO_ROOM) {
      return failure;
    }
    if (refusedYet.reason() == TokenRefusedException.Reason.IN_USE) {
      throw refusedYet;
    }
    return UploadLaterException.noRoom();
  }

  /** Whether a photo is there that this repeats. */
  public boolean isRepeat() {
    return earlier != null;
  }

  /** Bytes of the file that was received; empty where none came, or it was compared only. */
  public OptionalLong size() {
    return reception == null ? OptionalLong.empty() : OptionalLong.of(reception.received().size());
  }

  /** Hands on the file as a chunk, at the end of its form. Closing that closes this. */
  public ChunkFile asChunk() {
    isChunk = true;
    return new FileAsChunk();
  }

  private final class FileAsChunk implements ChunkFile {
    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public void copyTo(WritableByteChannel chunk) throws IOException {
      if (reception != null) {
        reception.received().copyTo(chunk);
      }
    }

    @Override
    public Optional<TokenUse> own() {
      return use.forChunk();
    }

    @Override
    public Optional<TokenUse> others(String token) {
      return use.ofOthers(token);
    }

    @Override
    public void close() throws IOException {
      Redemption.this.close();
    }
  }

  /**
   * Keeps the file, makes the photo and spends the use: when this returns, all three are durable. A
   * repeat gets the photo that is there.
   *
   * @param callback the address that describes the photo
   * @throws TokenRefusedException when no file arrived that the token, which has no use, has stored
   * @throws UploadRefusedException when token or file are missing, or the token does not take it
   * @throws IOException when the file cannot be stored
   */
  public Photo finish(Function<Photo, String> callback) throws IOException, TokenRefusedException {
    if (earlier != null) {
      return repeated();
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

  /** For the file of the key, and not for any other form that carries the key. */
  private Photo repeated() throws UploadRefusedException {
    checkFile();
    return earlier.photo();
  }

  /**
   * Checks, at the end of the form, that it has a file.
   *
   * @throws UploadRefusedException when it has none
   */
  public void checkFile() throws UploadRefusedException {
    if (!hasFile) {
      refused = true;
      throw UploadRefusedException.noFile();
    }
  }

  private Photo complete(Function<Photo, String> callback) throws IOException {
    if (use.get() == null) {
      throw UploadRefusedException.noToken(parts.purpose().parameter());
    }
    if (reception == null) {
      throw UploadRefusedException.noFile();
    }
    Received received = reception.received();
    // The file may have come before the token that limits it.
    rules().checkSize(received.size());
    rules().checkType(received.type());
    Submission how = new Submission(null, form.idempotencyKey(), callback).titled(title);
    return form.mayRepeat() ? completeOnce(received, how) : completeNow(received, how);
  }

  /**
   * Of two tries at one moment the second finds the photo of the first: they take turns at a node,
   * and between nodes the database tells that one was made.
   */
  private Photo completeOnce(Received received, Submission how) throws IOException {
    try (TokenTurns.Taken turn = parts.turns().take(tokenId)) {
      Optional<Photo> made = Optional.empty();
      while (made.isEmpty()) {
        made = repeat().photo(received);
        if (made.isEmpty()) {
          made = unlessOutdated(received, how);
        }
      }
      finished = true;
      return made.get();
    }
  }

  private Optional<Photo> unlessOutdated(Received received, Submission how) throws IOException {
    try {
      return Optional.of(completeNow(received, how.unless(repeat::isOutdated)));
    } catch (OutdatedException e) {
      return Optional.empty();
    }
  }

  private Photo completeNow(Received received, Submission how) throws IOException {
    Photo photo = complete(received, how);
    finished = true;
    UploadMetrics.took(System.nanoTime() - start);
    return photo;
  }

  private Photo complete(Received received, Submission how) throws IOException {
    String file = received.incoming().name();
    try {
      return parts.completion().complete(use.get(), received, how);
    } catch (UnknownOutcomeException e) {
      if (e.isSettled()) {
        spendIfRecorded(file);
      } else {
        keepUseUntilSettled(file);
      }
      throw e;
    }
  }

  /** While it is unknown whether the use is spent, nobody else gets it. */
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
      use.get().spent();
    }
  }

  private FileRules rules() {
    UploadToken token = use.token();
    return token == null ? parts.rules() : parts.rules().within(token.limits());
  }

  private void count() {
    if (refused) {
      UploadMetrics.refused();
    } else if (!finished && !isChunk && (use.token() != null || reception != null)) {
      UploadMetrics.unfinished();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    count();
    try {
      discard();
    } finally {
      if (!inDoubt) {
        use.close();
      }
    }
  }

  /** Deletes the file that arrived, unless it was kept, and gives its room back. */
  private void discard() throws IOException {
    try (room;
        ScriptRepeat compared = repeat) {
      if (reception != null) {
        reception.close();
      }
    }
  }
}
