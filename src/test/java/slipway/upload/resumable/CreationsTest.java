package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import slipway.upload.UploadRefusedException;

/** A client whose answer was lost asks for its upload once more. */
class CreationsTest {
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
  void givesTheUploadOfAKeyUntilItsPhotoIsThereAndAfterwards() throws Exception {
    String token = all.token(2);
    Created first = all.create(token, "", "key");
    assertThat(first.isRepeat()).isFalse();
    TestUploads.send(first.upload(), CONTENT, 0, 100);
    Created second = all.create(token, "", "key");
    assertThat(second.isRepeat()).isTrue();
    assertThat(second.upload()).isSameAs(first.upload());
    TestUploads.send(first.upload(), CONTENT, 100, TestUploads.SIZE - 100);
    assertThat(TestUploads.finish(first.upload())).isPresent();
    Created third = all.create(token, "", "key");
    assertThat(third.isRepeat()).isTrue();
    assertThat(third.upload().info().id()).isEqualTo(first.upload().info().id());
    assertThat(third.upload().isFinished()).isTrue();
    assertThat(all.spent(token)).isEqualTo(1);
    assertThat(all.create(token, "", "another").isRepeat()).isFalse();
  }

  @Test
  void refusesAKeyThatIsOfAFileOfAnotherLengthOrOfWhichElseWasSaid() throws Exception {
    String token = all.token(2);
    ResumableUpload first = all.create(token, "filename YQ==", "key").upload();
    Creation longer = new Creation(token, TestUploads.SIZE - 1, "a", "filename YQ==", "key");
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
    assertThat(all.create(token, "filename YQ==", null).upload()).isSameAs(first);
    assertThat(all.create(token, "filename YQ==", "key").upload()).isSameAs(first);
    assertThatThrownBy(() -> all.create(token, "filename Yg==", null))
        .isInstanceOf(TokenRefusedException.class);
    TestUploads.send(first, CONTENT, 0, 1);
    assertThatThrownBy(() -> all.create(token, "filename YQ==", null))
        .isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void givesAClientWhatItAskedForJustBeforeThoughTheTokenHasMoreUses() throws Exception {
    String token = all.token(9);
    ResumableUpload first = all.create(token, "filename YQ==", null).upload();
    Created again = all.create(token, "filename YQ==", null);
    assertThat(again.upload()).isSameAs(first);
    assertThat(again.isRepeat()).isTrue();
    assertThat(all.free(token)).isEqualTo(8);
    TestUploads.send(first, CONTENT, 0, 1);
    assertThat(all.create(token, "filename YQ==", null).upload()).isNotSameAs(first);
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

  /** Two files of one name and size, sent at the same time, must not become a mixture of both. */
  @Test
  void letsOneClientSendWhatTwoCreationsGot() throws Exception {
    String token = all.token(9);
    ResumableUpload upload = all.create(token, "", null).upload();
    assertThat(all.create(token, "", null).upload()).isSameAs(upload);
    upload.begin();
    assertThatThrownBy(upload::begin)
        .isInstanceOf(UploadRefusedException.class)
        .hasMessageContaining("Another client");
    upload.takeOver();
    upload.begin(); // Nothing came, and the client has asked how far it is.
    TestUploads.send(upload, CONTENT, 0, 1);
    upload.takeOver();
    assertThatThrownBy(upload::begin).isInstanceOf(UploadRefusedException.class);
    ResumableUpload alone = all.create(token, "", null).upload();
    assertThat(alone).isNotSameAs(upload);
    alone.begin();
    alone.begin();
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
    assertThat(all.create(token, "", "key").isRepeat()).isFalse();
  }

  @Test
  void createsOneUploadHoweverManyAskAtTheSameTime() throws Exception {
    for (String key : new String[] {null, "key"}) {
      String token = all.token(key == null ? 1 : 10);
      Set<String> ids = ConcurrentHashMap.newKeySet();
      Crowd.Act create = () -> ids.add(all.create(token, "", key).upload().info().id());
      crowd.together(Stream.generate(() -> create).limit(8).toArray(Crowd.Act[]::new));
      assertThat(ids).hasSize(1);
    }
  }
}
