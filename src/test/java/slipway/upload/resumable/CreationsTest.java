package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** A client whose answer was lost asks for its upload again. */
class CreationsTest {
  private static final Sender SENDER = new Sender("192.0.2.1", "a browser");
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private final Crowd crowd = new Crowd();
  private TestUploads all;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
  }

  @AfterEach
  void close() throws Exception {
    crowd.close();
    all.close();
  }

  @Test
  void givesTheUploadOfAKeyUnderANewAddressWhileNoByteHasCome() throws Exception {
    String token = all.token(2);
    ResumableUpload first = all.create(token, "", "key").upload();
    Created second = all.create(token, "", "key");
    assertThat(second.hasBytes()).isFalse();
    assertIsOnlyAddress(second.upload(), first);
    assertThat(all.free(token)).isEqualTo(1);
    TestUploads.send(second.upload(), CONTENT, 0, TestUploads.SIZE);
    assertThat(TestUploads.finish(second.upload())).isPresent();
    assertThat(all.spent(token)).isEqualTo(1);
    all.assertNothingIsLeft();
  }

  /** Nothing comes by the old address, no matter who has it. */
  private void assertIsOnlyAddress(ResumableUpload now, ResumableUpload before) throws Exception {
    assertThat(now.info().id()).isNotEqualTo(before.info().id());
    assertThat(all.uploads.find(now.info().id())).containsSame(now);
    assertThat(all.uploads.find(before.info().id())).isEmpty();
    assertThat(TestUploads.isSent(before, CONTENT, 0, 1)).isFalse();
    assertThatThrownBy(() -> TestUploads.finish(before)).isInstanceOf(UploadLaterException.class);
    all.uploads.discard(before);
    assertThat(all.uploads.find(now.info().id())).containsSame(now);
  }

  @Test
  void tellsWhatHasBytesApartUntilItsPhotoIsThereAndAfterwards() throws Exception {
    String token = all.token(2);
    Created first = all.create(token, "", "key");
    assertThat(first.hasBytes()).isFalse();
    TestUploads.send(first.upload(), CONTENT, 0, 100);
    Created second = all.create(token, "", "key");
    assertThat(second.hasBytes()).isTrue();
    assertThat(second.upload()).isSameAs(first.upload());
    TestUploads.send(first.upload(), CONTENT, 100, TestUploads.SIZE - 100);
    assertThat(TestUploads.finish(first.upload())).isPresent();
    Created third = all.create(token, "", "key");
    assertThat(third.hasBytes()).isTrue();
    assertThat(third.upload().info().id()).isEqualTo(first.upload().info().id());
    assertThat(third.upload().isFinished()).isTrue();
    assertThat(all.spent(token)).isEqualTo(1);
    assertThat(all.create(token, "", "another").hasBytes()).isFalse();
  }

  @Test
  void givesWhatHasBytesToWhomeverBroughtAllOfThem() throws Exception {
    String token = all.token(1);
    ResumableUpload first = all.create(token, "", "key").upload();
    TestUploads.send(first, CONTENT, 0, 100);
    Creation creation = TestUploads.creation(token, "", "key", true);
    assertThatThrownBy(() -> all.uploads.giveAgain(first, 99, creation, SENDER))
        .isInstanceOf(UploadLaterException.class);
    ResumableUpload second = all.uploads.giveAgain(first, 100, creation, SENDER);
    assertIsOnlyAddress(second, first);
    assertThat(second.offset()).isEqualTo(100);
    assertThat(all.used()).isEqualTo(100);
    try (PieceWriter sending = second.append(100, 10, true)) {
      assertThatThrownBy(() -> all.uploads.giveAgain(second, 100, creation, SENDER))
          .isInstanceOf(UploadLaterException.class);
      sending.accept();
    }
    TestUploads.send(second, CONTENT, 100, TestUploads.SIZE - 100);
    assertThat(TestUploads.finish(second)).isPresent();
    assertThat(all.kept(second)).contains(CONTENT);
    all.assertNothingIsLeft();
  }

  /** Whether the row has the new address or the old one, nobody knows at first. */
  @Test
  void keepsWhatTheDatabaseCouldNotGiveANewAddressAtItsOldOne() throws Exception {
    for (String key : new String[] {null, "key"}) {
      String token = all.token(1);
      ResumableUpload first = all.create(token, "", key).upload();
      all.keepAddresses();
      assertThatThrownBy(() -> all.create(token, "", key)).hasMessageContaining("failed");
      assertThat(all.tokens.isInUse(token)).isTrue();
      TestUploads.send(first, CONTENT, 0, 100);
      assertThat(first.offset()).isEqualTo(100);
      all.letAddressesGo();
      TestUploads.send(first, CONTENT, 100, TestUploads.SIZE - 100);
      assertThat(TestUploads.finish(first)).isPresent();
      assertThat(all.kept(first)).contains(CONTENT);
      all.assertNothingIsLeft();
    }
  }

  /** After a start the row would take the use that another upload has by then. */
  @Test
  void holdsTheUseOfWhatIsRemovedUntilItsRowIsGone() throws Exception {
    String token = all.token(1);
    ResumableUpload first = all.create(token, "", "key").upload();
    all.keepRows();
    all.uploads.discard(first);
    for (String key : new String[] {null, "key"}) {
      assertThatThrownBy(() -> all.create(token, "", key)).hasMessageContaining("full");
    }
    all.letRowsGo();
    ResumableUpload second = all.create(token, "", "key").upload();
    assertThat(second.info().id()).isNotEqualTo(first.info().id());
    TestUploads.send(second, CONTENT, 0, TestUploads.SIZE);
    assertThat(TestUploads.finish(second)).isPresent();
    all.assertNothingIsLeft();
  }

  @Test
  void leavesNoRowThatTakesAUseWhereItIsNotKnownWhetherOneWasWritten() throws Exception {
    String token = all.token(1);
    all.refuseRows();
    assertThatThrownBy(() -> all.create(token, "", "key")).hasMessageContaining("failed");
    assertThat(all.tokens.isInUse(token)).isTrue();
    all.takeRows();
    assertThat(all.uploads.settle()).isEqualTo(1);
    all.assertNothingIsLeft();
    assertThat(all.create(token, "", "key").hasBytes()).isFalse();
  }

  @Test
  void refusesAKeyThatIsOfAFileOfAnotherLengthOrOfWhichElseWasSaid() throws Exception {
    String token = all.token(2);
    ResumableUpload first = all.create(token, "filename YQ==", "key").upload();
    Creation longer = new Creation(token, TestUploads.SIZE - 1, "a", "filename YQ==", "key", false);
    assertIsOfAnother(() -> all.uploads.create(longer, new Sender("a", "")));
    assertIsOfAnother(() -> all.create(token, "filename Yg==", "key"));
    TestUploads.send(first, CONTENT, 0, TestUploads.SIZE);
    assertThat(TestUploads.finish(first)).isPresent();
    assertIsOfAnother(() -> all.create(token, "filename Yg==", "key"));
  }

  private static void assertIsOfAnother(ThrowableAssert.ThrowingCallable create) {
    assertThatThrownBy(create)
        .isInstanceOfSatisfying(
            UploadRefusedException.class,
            refusal ->
                assertThat(refusal.reason())
                    .isEqualTo(UploadRefusedException.Reason.KEY_OF_ANOTHER_FILE))
        .hasMessageContaining("Idempotency-Key");
  }

  @Test
  void givesTheUploadThatNoByteCameForWhereTheTokenHasNoFreeUse() throws Exception {
    String token = all.token(1);
    ResumableUpload first = all.create(token, "filename YQ==", null).upload();
    ResumableUpload second = all.create(token, "filename YQ==", null).upload();
    assertIsOnlyAddress(second, first);
    ResumableUpload third = all.create(token, "filename YQ==", "key").upload();
    assertIsOnlyAddress(third, second);
    assertIsOnlyAddress(all.create(token, "filename YQ==", "key").upload(), third);
    assertThatThrownBy(() -> all.create(token, "filename Yg==", null))
        .isInstanceOf(TokenRefusedException.class);
    ResumableUpload last = all.create(token, "filename YQ==", null).upload();
    TestUploads.send(last, CONTENT, 0, 1);
    assertThatThrownBy(() -> all.create(token, "filename YQ==", null))
        .isInstanceOf(TokenRefusedException.class);
  }

  /** A client that names no file, as FilePond, may announce two of one length at once. */
  @Test
  void givesAwayNoFileWithoutANameThatWasAnnouncedJustNow() throws Exception {
    String token = all.token(1);
    Creation nameless = new Creation(token, TestUploads.SIZE, "", "", null, false);
    ResumableUpload first = all.uploads.create(nameless, SENDER).upload();
    all.clock.pass(Duration.ofSeconds(4));
    assertThatThrownBy(() -> all.uploads.create(nameless, SENDER))
        .isInstanceOf(TokenRefusedException.class);
    assertThat(all.uploads.find(first.info().id())).containsSame(first);
    all.clock.pass(Duration.ofSeconds(2));
    assertIsOnlyAddress(all.uploads.create(nameless, SENDER).upload(), first);
  }

  /** A page that was loaded again knows no address of what it had begun. */
  @Test
  void removesForAClientWhatItHasForgotten() throws Exception {
    String token = all.token(1);
    Creation nameless = new Creation(token, TestUploads.SIZE, "", "", null, false);
    ResumableUpload first = all.uploads.create(nameless, SENDER).upload();
    ResumableUpload named = all.uploads.name(first, "a.png");
    TestUploads.send(named, CONTENT, 0, 100);
    assertThat(all.uploads.removeForgotten(nameless, SENDER)).isFalse();
    all.clock.pass(Duration.ofSeconds(6));
    assertThat(all.uploads.removeForgotten(nameless, new Sender("192.0.2.1", "other"))).isFalse();
    assertThat(all.uploads.removeForgotten(nameless, SENDER)).isTrue();
    assertThat(all.free(token)).isEqualTo(1);
    assertThat(all.uploads.find(first.info().id())).isEmpty();
  }

  @Test
  void givesAClientWhatItAskedForJustBeforeThoughTheTokenHasMoreUses() throws Exception {
    String token = all.token(9);
    ResumableUpload first = all.create(token, "filename YQ==", null).upload();
    ResumableUpload again = all.create(token, "filename YQ==", null).upload();
    assertIsOnlyAddress(again, first);
    assertThat(all.free(token)).isEqualTo(8);
    TestUploads.send(again, CONTENT, 0, 1);
    all.create(token, "filename YQ==", null);
    assertThat(all.free(token)).isEqualTo(7);
    assertThat(all.uploads.find(again.info().id())).containsSame(again);
  }

  @Test
  void keepsApartWhatBringsItsBytesAtOnce() throws Exception {
    String token = all.token(3);
    Creation creation = TestUploads.creation(token, "", null, true);
    ResumableUpload first = all.uploads.create(creation, SENDER).upload();
    ResumableUpload second = all.uploads.create(creation, SENDER).upload();
    assertThat(all.free(token)).isEqualTo(1);
    assertThat(all.uploads.find(first.info().id())).containsSame(first);
    assertThat(all.uploads.find(second.info().id())).containsSame(second);
  }

  @Test
  void comparesNothingWithWhatIsBeingSentOrWasStoredLongAgo() throws Exception {
    String token = all.token(1);
    Creation creation = TestUploads.creation(token, "", null, true);
    ResumableUpload first = all.uploads.create(creation, SENDER).upload();
    try (PieceWriter sending = first.append(0, 100, true)) {
      sending.write(ByteBuffer.wrap(CONTENT, 0, 50));
      sending.accept();
      assertThatThrownBy(() -> all.uploads.create(creation, SENDER))
          .isInstanceOf(TokenRefusedException.class);
    }
    assertThat(all.uploads.create(creation, SENDER).upload()).isSameAs(first);
    TestUploads.send(first, CONTENT, 50, TestUploads.SIZE - 50);
    assertThat(TestUploads.finish(first)).isPresent();
    assertThat(all.uploads.create(creation, SENDER).upload().isFinished()).isTrue();
    all.wall.pass(Duration.ofMinutes(11));
    assertThatThrownBy(() -> all.uploads.create(creation, SENDER))
        .isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void takesWhatMayBeAnotherVisitorsForAnotherFile() throws Exception {
    String token = all.token(9);
    Set<ResumableUpload> uploads = new HashSet<>();
    uploads.add(all.create(token, "filename YQ==", null).upload());
    uploads.add(all.create(token, "filename Yg==", null).upload());
    for (String metadata : new String[] {"filename YQ==", "filename Yg=="}) {
      uploads.add(all.create(token, metadata, null, new Sender("b", "a browser")).upload());
      uploads.add(all.create(token, metadata, null, new Sender("192.0.2.1", "other")).upload());
    }
    all.clock.pass(Duration.ofMinutes(3));
    uploads.add(all.create(token, "filename YQ==", null).upload());
    assertThat(uploads).hasSize(7);
  }

  /** What a chunk of Resumable.js has begun is not told by metadata. */
  @Test
  void givesNoUploadOfAnotherProtocol() throws Exception {
    String token = all.token(1);
    all.begin(token, "a");
    assertThatThrownBy(() -> all.create(token, "", null)).isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void givesNothingOfARevokedToken() throws Exception {
    String token = all.token(1);
    all.create(token, "", null);
    all.tokens.revoke(token, null);
    assertThatThrownBy(() -> all.create(token, "", null)).isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void createsAnewWhatWasRemoved() throws Exception {
    String token = all.token(1);
    ResumableUpload first = all.create(token, "", "key").upload();
    all.uploads.remove(first);
    ResumableUpload second = all.create(token, "", "key").upload();
    assertThat(second).isNotSameAs(first);
  }

  @Test
  void createsOneUploadHoweverManyAskAtTheSameTime() throws Exception {
    for (String key : new String[] {null, "key"}) {
      String token = all.token(10);
      Set<String> ids = ConcurrentHashMap.newKeySet();
      Crowd.Act create = () -> ids.add(all.create(token, "", key).upload().info().id());
      crowd.together(Stream.generate(() -> create).limit(8).toArray(Crowd.Act[]::new));
      assertThat(ids).hasSize(8).filteredOn(id -> all.uploads.find(id).isPresent()).hasSize(1);
      assertThat(all.free(token)).isEqualTo(9);
    }
  }
}
