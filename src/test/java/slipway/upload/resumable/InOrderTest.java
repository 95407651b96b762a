package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.photo.Photo;
import slipway.token.TokenRefusedException;
import slipway.upload.ChunkFile;
import slipway.upload.HeldUses;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** Chunks of clients that give a file no identifier, and send one after the other. */
class InOrderTest {
  private static final Sender PHONE = new Sender("192.0.2.1", "a phone");
  private static final Sender OTHER = new Sender("192.0.2.2", "a phone");
  private static final String NAME = "image.jpg";

  /** Chunks of a file of 1,000 bytes. */
  private static final int CHUNK = 400;

  private final byte[] one = TestUploads.content(1);
  private final byte[] two = TestUploads.content(2);

  @TempDir private Path folder;
  private TestUploads all;
  private String token;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder, Duration.ofMinutes(5));
    token = all.longToken(2);
  }

  @AfterEach
  void close() throws Exception {
    all.close();
  }

  private UploadKey key(Sender who) {
    return UploadKey.inOrder(token, NAME, TestUploads.SIZE, who);
  }

  private static long now() {
    return System.nanoTime();
  }

  private Optional<Photo> send(Sender who, byte[] file, int number) throws Exception {
    return send(who, file, number, now());
  }

  /** As a request does that brings a chunk, from 0. */
  private Optional<Photo> send(Sender who, byte[] file, int number, long since) throws Exception {
    int first = number * CHUNK;
    int length = Math.min(CHUNK, file.length - first);
    if (first > 0 && all.uploads.find(key(who)).isEmpty()) {
      throw UploadLaterException.ofLostChunks();
    }
    ResumableUpload upload = all.uploads.begin(key(who), NAME, who.address());
    return sendTo(upload, who, file, first, length, since);
  }

  private static Optional<Photo> sendTo(
      ResumableUpload upload, Sender who, byte[] file, int first, int length, long since)
      throws Exception {
    ChunkSender from = upload.from(who, first, length, since);
    try (Piece piece = from.piece()) {
      piece.write(ByteBuffer.wrap(file, first, length));
      from.end(piece);
    }
    return from.finish(photo -> "http://a.test/");
  }

  private void isOfLostChunks(Sender who, byte[] file, int number, long since) {
    assertThatThrownBy(() -> send(who, file, number, since))
        .isInstanceOf(UploadLaterException.class)
        .hasMessageContaining("from its first chunk on");
  }

  private void isOfOther(Sender who, byte[] file, int number) {
    assertThatThrownBy(() -> send(who, file, number)).isInstanceOf(UploadRefusedException.class);
  }

  private byte[] stored(Sender who) throws Exception {
    return all.kept(all.uploads.find(key(who)).orElseThrow()).orElseThrow();
  }

  @Test
  void ofTwoSendersAreTwoUploadsThoughTheirNamesAndSizesAreTheSame() throws Exception {
    assertThat(send(PHONE, one, 0)).isEmpty();
    assertThat(send(OTHER, two, 0)).isEmpty();
    for (int number = 1; number <= 2; number++) {
      assertThat(send(PHONE, one, number).isPresent()).isEqualTo(number == 2);
      assertThat(send(OTHER, two, number).isPresent()).isEqualTo(number == 2);
    }
    assertThat(stored(PHONE)).isEqualTo(one);
    assertThat(stored(OTHER)).isEqualTo(two);
  }

  @Test
  void areTakenOnlyBehindWhatIsThere() throws Exception {
    isOfLostChunks(PHONE, one, 2, now());
    assertThat(all.free(token)).isEqualTo(2);
    send(PHONE, one, 0);
    isOfLostChunks(PHONE, one, 2, now());
    assertThat(all.uploads.find(key(PHONE)).orElseThrow().onDisk()).isEqualTo(CHUNK);
    send(PHONE, one, 1);
    send(PHONE, one, 0);
    assertThat(send(PHONE, one, 2)).isPresent();
    assertThat(send(PHONE, one, 2)).as("its answer was lost").isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
  }

  @Test
  void ofAnotherFileHarmNothing() throws Exception {
    send(PHONE, one, 0);
    isOfOther(PHONE, two, 0);
    send(PHONE, one, 1);
    isOfOther(PHONE, two, 0);
    isOfOther(PHONE, two, 1);
    assertThat(send(PHONE, one, 2)).isPresent();
    isOfOther(PHONE, two, 2);
    assertThat(stored(PHONE)).isEqualTo(one);
    assertThat(all.free(token)).isEqualTo(1);
  }

  /** Two pages of one browser, or two phones of one network that are alike. */
  @Test
  void ofTwoFilesThatBeginAlikeAreOfTheOneThatWasFirst() throws Exception {
    byte[] alike = one.clone();
    System.arraycopy(two, CHUNK, alike, CHUNK, TestUploads.SIZE - CHUNK);
    send(PHONE, one, 0);
    send(PHONE, alike, 0);
    send(PHONE, alike, 1);
    isOfOther(PHONE, one, 1);
    isOfOther(PHONE, one, 1);
    assertThat(send(PHONE, alike, 2)).isPresent();
    assertThat(stored(PHONE)).isEqualTo(alike);
  }

  /** Its page may be one of a phone that sleeps. */
  @Test
  void keepTheirNameWhileNothingComes() throws Exception {
    send(PHONE, one, 0);
    all.clock.pass(Duration.ofHours(23));
    isOfOther(PHONE, two, 0);
    send(PHONE, one, 1);
    assertThat(send(PHONE, one, 2)).isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
  }

  /** Another file needs the use of the token. */
  private void giveUp() throws Exception {
    all.clock.pass(Duration.ofMinutes(16));
    UploadKey other = UploadKey.inOrder(token, "other.jpg", 1, OTHER);
    assertThat(all.uploads.removeForgotten(other, "other.jpg", OTHER)).isTrue();
    assertThat(all.free(token)).isEqualTo(2);
  }

  @Test
  void areSaidToBeShortThoughTheirNameIsThatOfAFileOfBefore() throws Exception {
    send(PHONE, one, 0);
    giveUp();
    ResumableUpload upload = all.uploads.begin(key(PHONE), NAME, PHONE.address());
    ChunkSender from = upload.from(PHONE, 0, CHUNK, now());
    try (Piece piece = from.piece()) {
      piece.write(ByteBuffer.wrap(one, 0, CHUNK - 1));
      assertThatThrownBy(() -> from.end(piece))
          .isInstanceOf(UploadRefusedException.class)
          .hasMessageContaining("Fewer bytes arrived");
    }
    isStored(one);
  }

  private void isStored(byte[] file) throws Exception {
    send(PHONE, file, 0);
    send(PHONE, file, 1);
    assertThat(send(PHONE, file, 2)).isPresent();
    assertThat(stored(PHONE)).isEqualTo(file);
    assertThat(all.photos(token)).hasSize(1);
  }

  @Test
  void keepTheirNameThoughTheirUseWasTakenFromThem() throws Exception {
    send(PHONE, one, 0);
    giveUp();
    isOfOther(PHONE, two, 0);
    isOfLostChunks(PHONE, one, 1, now());
    isOfOther(PHONE, two, 0);
    assertThat(all.free(token)).isEqualTo(2);
    isStored(one);
  }

  /** What the older page has been told of ends where the newer one stands. */
  @Test
  void areNotPutBehindThoseOfAnotherFileThatBeganSince() throws Exception {
    send(PHONE, one, 0);
    send(PHONE, one, 1);
    giveUp();
    send(PHONE, two, 0);
    isOfOther(PHONE, two, 1);
    isOfLostChunks(PHONE, one, 2, now());
    send(PHONE, two, 0);
    isOfOther(PHONE, one, 1);
    isOfLostChunks(PHONE, one, 2, now());
    assertThat(all.photos(token)).isEmpty();
    isStored(one);
  }

  @Test
  void ofAFileThatWasGivenUpTwiceKeepItsName() throws Exception {
    send(PHONE, one, 0);
    send(PHONE, one, 1);
    giveUp();
    send(PHONE, one, 0);
    giveUp();
    send(PHONE, two, 0);
    isOfOther(PHONE, one, 1);
    isStored(one);
  }

  @Test
  void areNotPutBehindThoseOfAnotherFileWhereTheirPhotoWasDeleted() throws Exception {
    isStored(one);
    all.database.write(tx -> tx.execute("delete from photo"));
    send(PHONE, two, 0);
    send(PHONE, two, 1);
    isOfOther(PHONE, one, 2);
    assertThat(all.photos(token)).isEmpty();
    isStored(one);
  }

  @Test
  void ofNumberedOnesAreNotPutBehindThoseOfAnotherFileWhereTheirPhotoWasDeleted() throws Exception {
    beginNumbered(one);
    sendLast(one, lastOf(one, now()));
    all.database.write(tx -> tx.execute("delete from photo"));
    beginNumbered(two);
    UploadKey key = lastOf(one, now());
    assertThatThrownBy(() -> sendLast(one, key)).isInstanceOf(UploadRefusedException.class);
    assertThat(all.photos(token)).isEmpty();
  }

  /** A page that has said nothing for that long is gone. */
  @Test
  void leaveTheirNameOnceTheirUploadHasExpired() throws Exception {
    token = all.longToken(2);
    send(PHONE, one, 0);
    all.clock.pass(TestUploads.TTL.minusMinutes(1));
    assertThat(all.uploads.sweep()).isZero();
    isOfOther(PHONE, two, 0);
    all.clock.pass(Duration.ofMinutes(2));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    UploadKey key = key(PHONE);
    assertThat(new RefusedTable(all.database, all.clock).beginningOf(key)).isEmpty();
  }

  @Test
  void goOnAfterAnHourWhereNothingElseCame() throws Exception {
    send(PHONE, one, 0);
    all.clock.pass(Duration.ofHours(1));
    send(PHONE, one, 1);
    assertThat(send(PHONE, one, 2)).isPresent();
  }

  @Test
  void ofRequestsThatAreOlderThanTheUploadAreNotTaken() throws Exception {
    send(PHONE, one, 0);
    final long before = now();
    giveUp();
    send(PHONE, one, 0);
    isOfLostChunks(PHONE, one, 1, before);
    send(PHONE, one, 1);
    assertThat(send(PHONE, one, 2)).isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
  }

  private ResumableUpload beginNumbered(byte[] file) throws Exception {
    return beginNumbered(file, CHUNK);
  }

  /** The first two of three chunks. */
  private ResumableUpload beginNumbered(byte[] file, int chunk) throws Exception {
    UploadKey key = UploadKey.inOrder(token, NAME, 3 * chunk, PHONE);
    ResumableUpload upload =
        all.uploads.beginNumbered(key, chunk, NAME, PHONE.address(), HeldUses.NONE);
    sendTo(upload, PHONE, file, 0, chunk, now());
    sendTo(upload, PHONE, file, chunk, chunk, now());
    return upload;
  }

  /** As the last one of a form. */
  private UploadKey lastOf(byte[] file, long since) throws Exception {
    return lastOf(file, CHUNK, since);
  }

  private UploadKey lastOf(byte[] file, int chunk, long since) throws Exception {
    UploadKey unknown = UploadKey.inOrder(token, NAME, 0, PHONE);
    int length = file.length - 2 * chunk;
    return all.uploads.lastOf(
        unknown, new LastChunk(3, length, since), bytes(file, 2 * chunk, length));
  }

  private static ChunkFile bytes(byte[] file, int first, int length) {
    return new ChunkFile() {
      @Override
      public boolean isRepeatable() {
        return true;
      }

      @Override
      public void copyTo(WritableByteChannel chunk) throws IOException {
        chunk.write(ByteBuffer.wrap(file, first, length));
      }
    };
  }

  private Optional<Photo> sendLast(byte[] file, UploadKey key) throws Exception {
    return sendLast(file, CHUNK, key);
  }

  private Optional<Photo> sendLast(byte[] file, int chunk, UploadKey key) throws Exception {
    ResumableUpload upload = all.uploads.find(key).orElseThrow();
    return sendTo(upload, PHONE, file, 2 * chunk, file.length - 2 * chunk, now());
  }

  /** Of one sender, with chunks of another size: their last ones are of one length. */
  private static final int SMALL = 300;

  private final byte[] small = Arrays.copyOf(TestUploads.content(3), 2 * SMALL + 200);

  @Test
  void whichAreLastAndComeAgainAreOfTheStoredFileThatHasThem() throws Exception {
    beginNumbered(one);
    sendLast(one, lastOf(one, now()));
    beginNumbered(small, SMALL);
    sendLast(small, SMALL, lastOf(small, SMALL, now()));
    assertThat(lastOf(one, now()).size()).isEqualTo(one.length);
    assertThat(lastOf(small, SMALL, now()).size()).isEqualTo(small.length);
    assertThat(sendLast(one, lastOf(one, now()))).isPresent();
    assertThat(all.photos(token)).hasSize(2);
  }

  @Test
  void whichAreLastAndComeAgainEndNoOtherFileThatWaits() throws Exception {
    beginNumbered(small, SMALL);
    sendLast(small, SMALL, lastOf(small, SMALL, now()));
    beginNumbered(one);
    assertThatThrownBy(() -> lastOf(small, SMALL, now())).isInstanceOf(UploadLaterException.class);
    assertThat(sendLast(one, lastOf(one, now()))).isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
  }

  /** As with {@code multipart: false}. */
  @Test
  void whichAreLastAndCanBeReadOnceEndNoFileThatMayNotBeTheirs() throws Exception {
    beginNumbered(small, SMALL);
    sendLast(small, SMALL, lastOf(small, SMALL, now()));
    beginNumbered(one);
    UploadKey unknown = UploadKey.inOrder(token, NAME, 0, PHONE);
    ChunkFile once = chunk -> chunk.write(ByteBuffer.allocate(0));
    LastChunk alike = new LastChunk(3, 200, now());
    assertThatThrownBy(() -> all.uploads.lastOf(unknown, alike, once))
        .isInstanceOf(UploadLaterException.class);
    LastChunk another = new LastChunk(3, 150, now());
    assertThat(all.uploads.lastOf(unknown, another, once).size()).isEqualTo(2 * CHUNK + 150);
  }

  /** It was given up: it is not another one that is stored, but comes from its first chunk on. */
  @Test
  void whichAreLastOfAFileThatIsGoneHaveItBeginAnew() throws Exception {
    beginNumbered(one);
    sendLast(one, lastOf(one, now()));
    assertThatThrownBy(() -> lastOf(two, now())).isInstanceOf(UploadLaterException.class);
  }

  @Test
  void endAFileOfNumberedChunksWithTheLastOne() throws Exception {
    assertThatThrownBy(() -> lastOf(one, now())).isInstanceOf(UploadLaterException.class);
    final long before = now();
    beginNumbered(one);
    assertThatThrownBy(() -> lastOf(one, before)).isInstanceOf(UploadLaterException.class);
    assertThat(sendLast(one, lastOf(one, now()))).isPresent();
    assertThat(sendLast(one, lastOf(one, now()))).as("its answer was lost").isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
    assertThat(all.photos(token)).hasSize(1);
  }

  @Test
  void endNoFileOfWhichNumberedChunksAreMissing() throws Exception {
    UploadKey key = UploadKey.inOrder(token, NAME, 3 * CHUNK, PHONE);
    ResumableUpload upload =
        all.uploads.beginNumbered(key, CHUNK, NAME, PHONE.address(), HeldUses.NONE);
    sendTo(upload, PHONE, one, 0, CHUNK, now());
    assertThatThrownBy(() -> lastOf(one, now())).isInstanceOf(UploadLaterException.class);
    assertThat(upload.onDisk()).isEqualTo(CHUNK);
  }

  @Test
  void endTheFileThatIsSentAgainAfterItsLastChunkWasCut() throws Exception {
    beginNumbered(one);
    lastOf(one, now());
    beginNumbered(one);
    assertThat(sendLast(one, lastOf(one, now()))).isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
    assertThat(all.free(token)).isEqualTo(1);
  }

  @Test
  void endNoFileWhereOneOfTheirLengthWaitsForItsLastChunk() throws Exception {
    beginNumbered(one);
    UploadKey key = lastOf(one, now());
    beginNumbered(two);
    assertThatThrownBy(() -> lastOf(two, now()))
        .isInstanceOf(UploadRefusedException.class)
        .hasMessageContaining("is being sent");
    assertThat(sendLast(one, key)).isPresent();
    assertThat(stored(PHONE)).isEqualTo(one);
  }

  @Test
  void giveTheOnlyUseBackForAFileOfAnotherSize() throws Exception {
    token = all.longToken(1);
    send(PHONE, one, 0);
    UploadKey other = UploadKey.inOrder(token, "other.jpg", TestUploads.SIZE - 1, PHONE);
    assertThat(all.uploads.removeForgotten(other, "other.jpg", PHONE)).isFalse();
    all.clock.pass(Duration.ofMinutes(16));
    assertThat(all.uploads.removeForgotten(other, "other.jpg", PHONE)).isTrue();
    assertThat(all.free(token)).isEqualTo(1);
  }

  /** Its last chunk is that of the stored one, as if that came once more. */
  @Test
  void areNotTakenForAStoredFileOfWhichOthersDiffer() throws Exception {
    beginNumbered(one);
    sendLast(one, lastOf(one, now()));
    byte[] like = one.clone();
    like[CHUNK] ^= 1;
    beginNumbered(like);
    for (int tries = 0; tries < 2; tries++) {
      assertThatThrownBy(() -> lastOf(one, now())).isInstanceOf(UploadRefusedException.class);
    }
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(Duration.ofMinutes(16));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    assertThat(all.free(token)).isEqualTo(1);
  }

  /** A phone that is on another network by now. */
  @Test
  void giveTheOnlyUseBackOnceTheyAreLeft() throws Exception {
    token = all.longToken(1);
    send(PHONE, one, 0);
    assertThatThrownBy(() -> send(OTHER, one, 0)).isInstanceOf(TokenRefusedException.class);
    assertThat(all.uploads.removeForgotten(key(OTHER), NAME, OTHER)).isFalse();
    all.clock.pass(Duration.ofMinutes(16));
    assertThat(all.uploads.removeForgotten(key(OTHER), NAME, OTHER)).isTrue();
    for (int number = 0; number < 3; number++) {
      assertThat(send(OTHER, one, number).isPresent()).isEqualTo(number == 2);
    }
  }
}
