package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.media.MediaKey;
import slipway.upload.UploadRefusedException;

/** No file that may have been acknowledged as a photo is deleted with its upload. */
class KeptFileTest {
  private static final int SIZE = TestUploads.SIZE;
  private static final byte[] CONTENT = TestUploads.content(1);

  @TempDir Path folder;
  private TestUploads all;
  private String token;
  private long photoId;

  @BeforeEach
  void open() throws Exception {
    all = new TestUploads(folder);
    token = all.token(1);
  }

  @AfterEach
  void close() throws Exception {
    all.close();
  }

  private void restart() throws Exception {
    restart("image/*");
  }

  private void restart(String type) throws Exception {
    Instant now = all.clock.instant();
    all = new TestUploads(folder, type);
    all.clock.pass(Duration.between(all.clock.instant(), now));
    all.uploads.restore();
  }

  /** Makes a photo; then starts with the database as it was just before. */
  private void startWithTheDatabaseOfJustBeforeThePhoto() throws Exception {
    TestUploads.send(all.begin(token, "a"), CONTENT, 0, SIZE);
    all.close();
    Path database = folder.resolve("test.db");
    Path older = Files.copy(database, folder.resolve("older.db"));
    restart();
    photoId = TestUploads.finish(all.begin(token, "a")).orElseThrow().photoId();
    all.close();
    Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);
    restart();
  }

  /** The places of all originals, as they are below the media folder. */
  private List<String> places() throws IOException {
    Path media = folder.resolve("media");
    try (Stream<Path> files = Files.walk(media)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]{32}"))
          .map(file -> media.relativize(file).toString())
          .toList();
    }
  }

  @Test
  void staysInItsTreeUntilTheUploadIsOverAndIsSetAsideThen() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    assertThat(places()).singleElement().asString().matches("[0-9]+/.*");
    String place = places().get(0);
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(TestUploads.TTL.plus(SharedWait.MOST).plusSeconds(1));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    assertThat(places()).singleElement().asString().matches("set-aside/[^/]+/" + place);
    all.assertNothingIsLeft();
  }

  @Test
  void isDeletedWhereItsUploadBeganSinceTheStartAsNobodyWasToldOfAPhoto() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, SIZE);
    assertThat(all.uploads.remove(upload)).isTrue();
    assertThat(places()).isEmpty();
    all.assertNothingIsLeft();
  }

  @Test
  void isSetAsideWhenItsClientGivesTheUploadUp() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    String place = places().get(0);
    assertThat(all.uploads.remove(all.begin(token, "a"))).isTrue();
    assertThat(places()).singleElement().asString().matches("set-aside/[^/]+/" + place);
  }

  /** One whose client has continued it since, so that its file is on its way in again. */
  private ResumableUpload takenUp() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    ResumableUpload upload = all.begin(token, "a");
    upload.takeOver();
    assertThat(places()).singleElement().asString().startsWith("incoming/");
    return upload;
  }

  private static String tree(ResumableUpload upload) {
    return MediaKey.of(upload.info().mediaName()).treeId() + "/" + upload.info().mediaName();
  }

  private void assertIsSetAside(ResumableUpload upload) throws Exception {
    assertThat(places()).singleElement().asString().matches("set-aside/[^/]+/" + tree(upload));
    all.assertNothingIsLeft();
  }

  @Test
  void isSetAsideWhenItsClientGivesTheUploadUpThatItWentOnWith() throws Exception {
    ResumableUpload upload = takenUp();
    assertThat(all.uploads.remove(upload)).isTrue();
    assertIsSetAside(upload);
  }

  @Test
  void isSetAsideWhenOtherBytesComeForIt() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    ResumableUpload upload = all.begin(token, "a");
    assertThatThrownBy(
            () -> {
              try (Piece piece = upload.piece(0, 400)) {
                piece.write(ByteBuffer.wrap(TestUploads.content(2), 0, 400));
                piece.end();
              }
            })
        .isInstanceOf(UploadRefusedException.class);
    assertIsSetAside(upload);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isSetAsideWhenItsTypeIsTakenNoMore(boolean isTakenUp) throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    if (isTakenUp) {
      all.begin(token, "a").takeOver();
    }
    all.close();
    restart("video/*");
    ResumableUpload upload = all.begin(token, "a");
    assertThatThrownBy(upload::takeOver).isInstanceOf(UploadRefusedException.class);
    assertIsSetAside(upload);
  }

  @Test
  void isBackInItsTreeAfterTheStartAndStillSetAsideForItsClient() throws Exception {
    String place = tree(takenUp());
    all.close();
    restart();
    assertThat(places()).containsExactly(place);
    all.close();
    restart();
    ResumableUpload upload = all.begin(token, "a");
    upload.takeOver();
    assertThat(all.uploads.remove(upload)).isTrue();
    assertIsSetAside(upload);
  }

  @Test
  void isLeftToTheComparisonWhenItsTokenWasRevoked() throws Exception {
    ResumableUpload upload = takenUp();
    assertThat(all.tokens.revoke(token, null)).isTrue();
    all.close();
    restart();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
    assertThat(places()).containsExactly(tree(upload));
    assertThat(all.leftBehind()).containsExactly(upload.info().mediaName());
    all.assertNothingIsLeft();
  }

  /** The process ended between the two halves of the removal. */
  @Test
  void isLeftToTheComparisonWhereTheRemovalWasCut() throws Exception {
    ResumableUpload upload = takenUp();
    Path marks = Files.createDirectory(folder.resolve("marks"));
    copyIncoming(folder.resolve("media/incoming"), marks);
    assertThat(all.uploads.remove(upload)).isTrue();
    all.close();
    assertThat(places()).hasSize(1);
    Files.delete(folder.resolve("media").resolve(places().get(0)));
    copyIncoming(marks, folder.resolve("media/incoming"));
    restart();
    assertThat(places()).containsExactly(tree(upload));
    assertThat(all.leftBehind()).containsExactly(upload.info().mediaName());
    all.assertNothingIsLeft();
  }

  private static void copyIncoming(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** A row that is older still says that less has come: nothing is written over the file. */
  @Test
  void isLeftToTheComparisonWhereTheRowSaysThatLessHasCome() throws Exception {
    ResumableUpload upload = takenUp();
    all.receivedOnly(upload, 100);
    all.close();
    restart();
    assertThat(places()).containsExactly(tree(upload));
    assertThat(all.leftBehind()).containsExactly(upload.info().mediaName());
    all.assertNothingIsLeft();
  }

  /** The media were put back from a copy, too, which has the file in its tree. */
  @Test
  void isSetAsideAlsoUnderAnotherName() throws Exception {
    ResumableUpload first = takenUp();
    all.close();
    Files.write(folder.resolve("media").resolve(tree(first)), CONTENT);
    restart();
    ResumableUpload upload = all.begin(token, "a");
    assertThat(upload.info().mediaName()).isNotEqualTo(first.info().mediaName());
    assertThat(all.uploads.remove(upload)).isTrue();
    assertThat(places())
        .hasSize(2)
        .contains(tree(first))
        .anyMatch(place -> place.matches("set-aside/[^/]+/" + tree(upload)));
    all.assertNothingIsLeft();
  }

  @Test
  void becomesThePhotoWhenItsClientGoesOn() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    ResumableUpload upload = all.begin(token, "a");
    assertThat(upload.has(0, SIZE)).isTrue();
    upload.takeOver();
    assertThat(TestUploads.finish(upload).orElseThrow().photoId()).isEqualTo(photoId);
    assertThat(all.kept(upload)).contains(CONTENT);
    assertThat(all.spent(token)).isEqualTo(1);
    all.assertNothingIsLeft();
  }

  @Test
  void takesNoBytesOverItself() throws Exception {
    startWithTheDatabaseOfJustBeforeThePhoto();
    ResumableUpload upload = all.begin(token, "a");
    upload.append(SIZE, 0, true).close();
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
  }

  @Test
  void isDeletedWithItsUploadByItsClientWhereItIsNotKept() throws Exception {
    TestUploads.send(all.begin(token, "a"), CONTENT, 0, SIZE);
    all.close();
    restart();
    assertThat(all.uploads.remove(all.begin(token, "a"))).isTrue();
    assertThat(places()).isEmpty();
    all.assertNothingIsLeft();
  }

  @Test
  void isSetAsideWhenItIsWholeSinceBeforeTheStartButNotKept() throws Exception {
    TestUploads.send(all.begin(token, "a"), CONTENT, 0, SIZE);
    all.close();
    restart();
    ResumableUpload upload = all.begin(token, "a");
    all.clock.pass(TestUploads.TTL.plus(SharedWait.MOST).plusSeconds(1));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    assertThat(places()).singleElement().asString().startsWith("set-aside/");
    assertThatThrownBy(() -> TestUploads.finish(upload))
        .isInstanceOfSatisfying(
            UploadRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.REMOVED));
    all.assertNothingIsLeft();
  }

  @Test
  void isSetAsideWhenItsTokenIsGone() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    all.close();
    all = new TestUploads(folder);
    all.forget(token);
    all.close();
    restart();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
    assertThat(places()).singleElement().asString().startsWith("set-aside/");
    all.assertNothingIsLeft();
  }

  @Test
  void isDeletedByTheStartWhenItsTokenWasRevoked() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    assertThat(all.tokens.revoke(token, null)).isTrue();
    all.close();
    restart();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
    assertThat(places()).isEmpty();
    all.assertNothingIsLeft();
  }

  @Test
  void isNotLostToARowThatShouldHaveBeenDeleted() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    String left = "0".repeat(32);
    all.leaveRow(token, left);
    all.close();
    restart();
    assertThat(all.uploads.find(left)).isEmpty();
    assertThat(all.uploads.find(upload.info().id()).orElseThrow().offset()).isEqualTo(100);
    assertThat(places()).singleElement().asString().startsWith("incoming/");
  }

  @Test
  void isSetAsideWhenItsTokenHasNoUseForIt() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    all.close();
    all = new TestUploads(folder);
    all.spend(token);
    all.close();
    restart();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
    assertThat(places()).singleElement().asString().startsWith("set-aside/");
    all.assertNothingIsLeft();
  }

  /** The process ended between the two halves of the removal, before or after the row was gone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotTakenForALostPhotoWhereItsRemovalWasCut(boolean isRowGone) throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    Path file = folder.resolve("media/incoming").resolve(upload.info().mediaName());
    if (!isRowGone) {
      all.keepRows();
    }
    all.uploads.discard(upload);
    assertThat(file).doesNotExist();
    Files.write(file.resolveSibling(file.getFileName() + ".whole"), CONTENT);
    all.close();
    all = new TestUploads(folder);
    if (!isRowGone) {
      all.letRowsGo();
    }
    all.uploads.restore();
    assertThat(all.leftovers().unfinished()).isEmpty();
    all.leftovers().deleteUnacknowledged();
    assertThat(all.uploads.find(upload.info().id())).isEmpty();
    assertThat(all.free(token)).isOne();
    all.assertNothingIsLeft();
  }

  /** The row of an older database has no byte, and the file is that of a photo it does not know. */
  @Test
  void isNotInTheWayOfItsUploadThatBeginsAnew() throws Exception {
    ResumableUpload first = all.begin(token, "a");
    all.close();
    Path database = folder.resolve("test.db");
    Path older = Files.copy(database, folder.resolve("older.db"));
    restart();
    TestUploads.send(all.begin(token, "a"), CONTENT, 0, SIZE);
    TestUploads.finish(all.begin(token, "a"));
    all.close();
    Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);
    restart();
    String name = first.info().mediaName();
    assertThat(places()).singleElement().asString().endsWith("/" + name);
    assertThat(all.leftBehind()).containsExactly(name);
    ResumableUpload upload = all.begin(token, "a");
    assertThat(upload.info().id()).isEqualTo(first.info().id());
    TestUploads.send(upload, CONTENT, 0, SIZE);
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    assertThat(places()).hasSize(2).anyMatch(place -> place.endsWith("/" + name));
    all.assertNothingIsLeft();
  }

  /** The same where its client sent the whole file before this start, without success. */
  @Test
  void isNotInTheWayOfAnotherOfItsName() throws Exception {
    ResumableUpload first = all.begin(token, "a");
    TestUploads.send(first, CONTENT, 0, SIZE);
    all.close();
    String name = first.info().mediaName();
    Path incoming = folder.resolve("media/incoming").resolve(name);
    Path tree = folder.resolve("media/" + MediaKey.of(name).treeId());
    Files.copy(incoming, tree.resolve(name));
    restart();
    ResumableUpload upload = all.begin(token, "a");
    assertThat(TestUploads.finish(upload)).isPresent();
    assertThat(all.kept(upload)).contains(CONTENT);
    assertThat(places()).hasSize(2).anyMatch(place -> place.endsWith("/" + name));
    assertThat(all.leftBehind()).containsExactly(name);
    all.assertNothingIsLeft();
  }

  @Test
  void isLeftForTheWholeTimeToLiveAfterAStart() throws Exception {
    ResumableUpload upload = all.begin(token, "a");
    TestUploads.send(upload, CONTENT, 0, 100);
    all.clock.pass(TestUploads.TTL.multipliedBy(9));
    all.close();
    restart();
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(TestUploads.TTL);
    assertThat(all.uploads.sweep()).isZero();
    all.clock.pass(Duration.ofSeconds(1));
    assertThat(all.uploads.sweep()).isEqualTo(1);
    all.assertNothingIsLeft();
  }
}
