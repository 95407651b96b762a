package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.db.NotWrittenException;
import slipway.db.UnknownOutcomeException;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;
import slipway.event.AddressPolicy;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.SampleMedia;
import slipway.harness.SetClock;
import slipway.harness.TestPostgres;
import slipway.harness.TestedDatabase;
import slipway.health.BusyException;
import slipway.media.MediaKey;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.secret.SecretBox;
import slipway.token.SampleToken;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** Uploads in pieces of nodes that share a database and a media folder. */
@NeedsPostgres
class UploadsOfNodesTest {
  private static final byte[] PNG = SampleMedia.png(3, 3);
  private static final int HALF = 12;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Outgoing outgoing;
  private TestNode one;
  private TestNode other;

  @BeforeEach
  void open() throws IOException {
    open(TestedDatabase.POSTGRES.open(folder.resolve("test.db")));
  }

  private void open(Database opened) throws IOException {
    database = opened;
    outgoing =
        new Outgoing(
            database,
            clock,
            new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock),
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    one = node("one");
    other = node("other");
  }

  private TestNode node(String name) throws IOException {
    return TestNode.sharing(folder, name, database, outgoing, clock);
  }

  @AfterEach
  void close() throws IOException {
    one.there.close();
    other.there.close();
    outgoing.close();
    database.close();
  }

  private UploadKey key() {
    return keyOf(1);
  }

  private UploadKey keyOf(int uses) {
    UploadToken token = SampleToken.inNoAlbum(uses, clock.instant());
    one.tokens.add(token);
    return new UploadKey(token.id(), "a.png", PNG.length);
  }

  private static void send(ResumableUpload upload, int first, int end) throws IOException {
    try (PieceWriter writer = upload.append(first, end - first, false)) {
      writer.write(ByteBuffer.wrap(PNG, first, end - first));
      writer.end();
    }
  }

  private ResumableUpload begunAtOne(UploadKey key) throws Exception {
    ResumableUpload upload = one.uploads.begin(key, "a.png", "192.0.2.1");
    send(upload, 0, HALF);
    return upload;
  }

  /** As others know it, once it was silent for too long. */
  private void isDead(TestNode node) {
    database.execute("delete from node where node_id = ?", node.there.id());
  }

  /** By its next sign of life. */
  private void isBack(TestNode node) {
    database.execute(
        """
        insert into node (node_id, started_at, seen_at)
        select ?, now, now from (
          select (extract(epoch from clock_timestamp()) * 1000)::bigint as now) clock
        on conflict (node_id) do nothing""",
        node.there.id());
  }

  private int photos(UploadKey key) {
    return new Photos(database, clock).uploadedWith(key.token()).size();
  }

  /** Has changes of some rows of a table fail. */
  private void refuse(String table, String when) {
    database.write(
        tx -> {
          tx.execute(
              "create function refuse_rows() returns trigger language plpgsql as $$"
                  + " begin raise exception 'refused'; end $$");
          return tx.execute(
              "create trigger refuse_rows before update on "
                  + table
                  + " for each row when ("
                  + when
                  + ") execute function refuse_rows()");
        });
  }

  private void refuseNothing() {
    database.write(tx -> tx.execute("drop function refuse_rows() cascade"));
  }

  private void assertIsElsewhere(TestNode node, UploadKey key, String id) {
    assertThatThrownBy(() -> node.uploads.find(key)).isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> node.uploads.find(id)).isInstanceOf(BusyException.class);
  }

  private void assertGoesOn(TestNode node, UploadKey key) throws IOException {
    ResumableUpload upload = node.find(key);
    send(upload, (int) upload.offset(), PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(photos(key)).isEqualTo(1);
  }

  /** Where the file of an upload is once it is kept. */
  private Path kept(ResumableUpload upload) {
    MediaKey key = MediaKey.of(upload.info().mediaName());
    return folder.resolve("media").resolve(Integer.toString(key.treeId())).resolve(key.name());
  }

  @Test
  void areLeftAloneByTheStartOfAnotherNode() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = begunAtOne(key);
    other.takeOver();
    assertThatThrownBy(() -> other.uploads.find(key)).isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> other.uploads.find(upload.info().id()))
        .isInstanceOf(BusyException.class);
    assertThatThrownBy(() -> other.uploads.begin(key, "a.png", "192.0.2.1"))
        .isInstanceOf(BusyException.class);
    send(upload, HALF, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(other.find(key).isFinished()).isTrue();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void goOnAtAnotherNodeWithTheUseTheyHadWhereTheirsIsGone() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    isDead(one);
    other.takeOver();
    ResumableUpload upload = other.find(key);
    assertThat(upload.offset()).isEqualTo(HALF);
    send(upload, HALF, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(one.tokens.recall(key.token()).orElseThrow().usesFree()).isZero();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void takeNothingFromANodeThatSleptWhileTheyWereTakenOver() throws Exception {
    UploadKey key = key();
    ResumableUpload before = begunAtOne(key);
    isDead(one);
    other.takeOver();
    assertThatThrownBy(() -> send(before, HALF, HALF + 2)).isInstanceOf(NotWrittenException.class);
    assertThatThrownBy(() -> one.uploads.remove(before)).isInstanceOf(BusyException.class);
    UploadTable rows = new UploadTable(database, clock, one.there.id());
    assertThatThrownBy(() -> rows.declare(before.info().declared(HALF)))
        .isInstanceOf(NotWrittenException.class);
    one.uploads.leaveTaken();
    assertThatThrownBy(() -> one.uploads.find(key)).isInstanceOf(BusyException.class);
    ResumableUpload upload = other.find(key);
    assertThat(upload.offset()).isEqualTo(HALF);
    send(upload, HALF, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void keepUseAndFileThoughTheNodeWakesThatWasAboutToTakeThemOver() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    isDead(one);
    TestNode[] sleeper = new TestNode[1];
    sleeper[0] =
        TestNode.stopping(
            folder,
            "sleeper",
            database,
            outgoing,
            clock,
            () -> {
              isDead(sleeper[0]);
              try {
                other.takeOver();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              isBack(sleeper[0]);
            });
    sleeper[0].takeOver();
    assertThatThrownBy(() -> sleeper[0].uploads.find(key)).isInstanceOf(BusyException.class);
    assertThat(other.find(key).offset()).isEqualTo(HALF);
    assertGoesOn(other, key);
    assertThat(usesOut()).isZero();
    sleeper[0].there.close();
  }

  private void assertInUse(UploadKey key) {
    assertThatThrownBy(() -> other.tokens.reserve(key.token()))
        .isInstanceOfSatisfying(
            TokenRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(TokenRefusedException.Reason.IN_USE));
  }

  private long usesOut() {
    return database.<Long, RuntimeException>read(
        handle -> handle.select("select count(*) from token_use").mapTo(Long.class).one());
  }

  @Test
  void keepTheirUseWhileNoNodeHasThem() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    assertThatThrownBy(() -> other.uploads.find(key)).isInstanceOf(BusyException.class);
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    assertThat(one.tokens.settleUses() + other.tokens.settleUses()).isZero();
    assertInUse(key);
    isDead(one);
    assertThat(other.tokens.settleUses()).isZero();
    assertInUse(key);
    other.takeOver();
    assertInUse(key);
    ResumableUpload upload = other.find(key);
    send(upload, HALF, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(usesOut()).isZero();
  }

  @Test
  void giveTheirUseBackWhenTheyAreRemovedByTheNodeThatTookThemOver() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    isDead(one);
    other.takeOver();
    assertThat(other.uploads.remove(other.find(key))).isTrue();
    assertThat(usesOut()).isZero();
    other.tokens.reserve(key.token()).close();
  }

  @Test
  void giveTheirUseBackWhereTheirRowsAreGone() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    isDead(one);
    database.execute("delete from chunked_upload");
    assertThat(other.tokens.settleUses()).isEqualTo(1);
    other.tokens.reserve(key.token()).close();
  }

  @Test
  void beginOnceThoughTheirFirstPiecesComeToTwoNodesAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      UploadKey key = keyOf(2);
      List<Boolean> begun = AtOnce.run(2, i -> () -> isBegun((i == 0 ? one : other).uploads, key));
      assertThat(begun).containsOnlyOnce(true);
      assertThat(usesOut()).isEqualTo(round + 1L);
    }
  }

  private static boolean isBegun(ResumableUploads uploads, UploadKey key) throws Exception {
    try {
      uploads.begin(key, "a.png", "192.0.2.1");
      return true;
    } catch (BusyException e) {
      return false;
    }
  }

  private static void sendOther(ResumableUpload upload) throws IOException {
    byte[] other = PNG.clone();
    other[HALF - 1] ^= 1;
    try (Piece piece = upload.piece(0, HALF)) {
      piece.write(ByteBuffer.wrap(other, 0, HALF));
    }
  }

  private void comesTo(TestNode node, UploadKey key) throws IOException {
    assertThatThrownBy(() -> node.uploads.find(key)).isInstanceOf(ElsewhereException.class);
    TestNode before = node == one ? other : one;
    assertThat(before.uploads.letWantedGo()).isEqualTo(1);
    node.takeOver();
  }

  @Test
  void areRefusedAtEachNodeOnceChunksOfTwoFilesCameToOne() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    comesTo(other, key);
    assertThatThrownBy(() -> sendOther(other.find(key))).isInstanceOf(UploadRefusedException.class);
    for (TestNode node : List.of(one, other)) {
      assertThatThrownBy(() -> node.uploads.find(key)).isInstanceOf(UploadRefusedException.class);
      assertThatThrownBy(() -> node.uploads.begin(key, "a.png", "192.0.2.1"))
          .isInstanceOf(UploadRefusedException.class);
    }
    assertThat(usesOut()).isZero();
    TestNode third = node("third");
    assertThatThrownBy(() -> third.uploads.find(key)).isInstanceOf(UploadRefusedException.class);
    third.there.close();
  }

  /** As when it is refused elsewhere just after this node has looked for that. */
  @Test
  void doNotBeginWhereTheyAreRefusedMeanwhile() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = begunAtOne(key);
    assertThatThrownBy(() -> sendOther(upload)).isInstanceOf(UploadRefusedException.class);
    UploadTable rows = new UploadTable(database, clock, other.there.id(), null);
    assertThat(rows.insert(upload.info(), null, null)).isFalse();
  }

  @Test
  void areNotSaidToBeReceivedByANodeThatDoesNotKnowOfTheirEnd() throws Exception {
    UploadKey key = key();
    Sender who = new Sender("192.0.2.1", "a browser");
    ResumableUpload before = begunAtOne(key);
    assertThat(one.uploads.remove(before)).isTrue();
    ResumableUpload upload = other.uploads.begin(key, "a.png", "192.0.2.1");
    ChunkSender from = upload.from(who, HALF, PNG.length - HALF, System.nanoTime());
    try (Piece piece = from.piece()) {
      piece.write(ByteBuffer.wrap(PNG, HALF, PNG.length - HALF));
      from.end(piece);
    }
    assertThatThrownBy(() -> from.finish(photo -> "http://example.com/"))
        .isInstanceOf(UploadLaterException.class);
  }

  /** Of which another one knows nothing but what is in the database. */
  @Test
  void keepTheirNameAtEachNodeWhereChunksComeInOrder() throws Exception {
    Sender phone = new Sender("192.0.2.1", "a phone");
    UploadKey key = UploadKey.inOrder(key().token(), "image.jpg", PNG.length, phone);
    assertThat(begunAtOne(key).removeIfLeft(Instant.MAX)).isTrue();
    byte[] another = PNG.clone();
    another[HALF - 1]++;
    assertThatThrownBy(() -> sendFirst(other, key, phone, another))
        .isInstanceOf(UploadRefusedException.class)
        .hasMessageContaining("Another file of this name");
    assertThat(usesOut()).isZero();
    sendFirst(other, key, phone, PNG);
    assertGoesOn(other, key);
  }

  private static void sendFirst(TestNode node, UploadKey key, Sender who, byte[] file)
      throws Exception {
    ResumableUpload upload = node.uploads.begin(key, "image.jpg", who.address());
    ChunkSender from = upload.from(who, 0, HALF, System.nanoTime());
    try (Piece piece = from.piece()) {
      piece.write(ByteBuffer.wrap(file, 0, HALF));
      from.end(piece);
    }
  }

  /** Also one that waited while the upload came; but not one of a page before. */
  @Test
  void takeChunksInOrderAtAnotherNodeOfRequestsThatAreNoOlderThanTheyAre() throws Exception {
    Sender phone = new Sender("192.0.2.1", "a phone");
    UploadKey key = UploadKey.inOrder(key().token(), "image.jpg", PNG.length, phone);
    final long before = System.nanoTime() - Duration.ofSeconds(1).toNanos();
    begunAtOne(key);
    Thread.sleep(Duration.ofMillis(200).toMillis());
    final long since = System.nanoTime();
    Thread.sleep(Duration.ofMillis(200).toMillis());
    comesTo(other, key);
    ResumableUpload upload = other.find(key);
    assertThatThrownBy(() -> upload.from(phone, HALF, PNG.length - HALF, before))
        .isInstanceOf(UploadLaterException.class);
    assertThat(upload.from(phone, HALF, PNG.length - HALF, since)).isNotNull();
    assertGoesOn(other, key);
  }

  @Test
  void endAtAnotherNodeThoughTheirTokenIsRevoked() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    assertThat(one.tokens.revoke(key.token(), null)).isTrue();
    comesTo(other, key);
    assertThat(other.find(key).token()).isPresent();
    comesTo(one, key);
    assertThat(one.find(key).offset()).isEqualTo(HALF);
    assertGoesOn(one, key);
    assertThat(usesOut()).isZero();
    assertThatThrownBy(() -> other.tokens.reserve(key.token()))
        .isInstanceOf(TokenRefusedException.class);
  }

  /** Its answer was lost, and the client sends it again, to another node. */
  @Test
  void areGivenAgainByTheNodeThatTheirCreationComesToOnceMore() throws Exception {
    Sender sender = new Sender("192.0.2.1", "");
    Creation creation = new Creation(key().token(), PNG.length, "a.png", "", null, false);
    ResumableUpload first = one.uploads.create(creation, sender).upload();
    assertThatThrownBy(() -> other.uploads.create(creation, sender))
        .isInstanceOf(BusyException.class);
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    other.takeOver();
    ResumableUpload again = other.uploads.create(creation, sender).upload();
    assertThat(again.info().mediaName()).isEqualTo(first.info().mediaName());
    assertThat(usesOut()).isEqualTo(1);
  }

  /** As when the database was away in the moment in which they were let go or taken over. */
  @Test
  void areTakenUpAgainWhereTheirNodeHasLostThem() throws Exception {
    UploadKey key = key();
    begunAtOne(key);
    database.execute("update chunked_upload set node_id = ?", other.there.id());
    assertThat(other.uploads.letLostGo()).isZero();
    assertThat(other.uploads.letLostGo()).isEqualTo(1);
    other.takeOver();
    assertThat(other.find(key).offset()).isEqualTo(HALF);
    assertThat(other.uploads.letLostGo() + other.uploads.letLostGo()).isZero();
  }

  @Test
  void stayWithANodeThatSleptAndIsBackBeforeAnyoneTookThem() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = begunAtOne(key);
    isDead(one);
    one.takeOver();
    assertThat(one.find(key)).isSameAs(upload);
    isBack(one);
    one.uploads.leaveTaken();
    send(upload, HALF, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void goOnWhereTheirClientComesOnceNobodySendsAnyMore() throws Exception {
    UploadKey key = key();
    ResumableUpload before = begunAtOne(key);
    assertThatThrownBy(() -> other.uploads.find(key)).isInstanceOf(BusyException.class);
    try (PieceWriter sending = before.append(HALF, 2, false)) {
      assertThat(one.uploads.letWantedGo()).as("somebody sends").isZero();
      sending.write(ByteBuffer.wrap(PNG, HALF, 2));
      sending.end();
    }
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    one.takeOver();
    assertThatThrownBy(() -> send(before, HALF + 2, PNG.length)).isInstanceOf(IOException.class);
    other.takeOver();
    ResumableUpload upload = other.find(key);
    assertThat(upload.offset()).isEqualTo(HALF + 2);
    send(upload, HALF + 2, PNG.length);
    assertThat(upload.finish(photo -> "http://example.com/")).isPresent();
    assertThat(one.find(key).isFinished()).isTrue();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void areNotSaidToBeGoneWhileNoNodeHasThem() throws Exception {
    UploadKey key = key();
    String id = begunAtOne(key).info().id();
    assertThatThrownBy(() -> other.uploads.find(key)).isInstanceOf(BusyException.class);
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    assertIsElsewhere(one, key, id);
    assertIsElsewhere(other, key, id);
  }

  /** As where a balancer deals out requests in turn, and each would come to the other node. */
  @Test
  void areWaitedForWhereTheirClientComesToAnotherNode() throws Exception {
    UploadKey key = key();
    String id = begunAtOne(key).info().id();
    other.uploads.waitForOthers(Duration.ofMinutes(1));
    FutureTask<Long> byKey = new FutureTask<>(() -> other.find(key).offset());
    FutureTask<Long> byId = new FutureTask<>(() -> other.uploads.find(id).orElseThrow().offset());
    new Thread(byKey).start();
    new Thread(byId).start();
    Await.until("their asking", () -> one.uploads.letWantedGo() == 1);
    other.takeOver();
    assertThat(byKey.get()).isEqualTo(HALF);
    assertThat(byId.get()).isEqualTo(HALF);
    one.uploads.waitForOthers(Duration.ofMillis(1));
    assertIsElsewhere(one, key, id);
  }

  private static final Sender PHONE = new Sender("192.0.2.1", "Phone");
  private static final Sender VISITOR = new Sender("192.0.2.9", "Phone");

  /** Has the node that has an upload let it go once that is asked for, while something waits. */
  private <T> T whileOneLetsGo(Callable<T> waiting) throws Exception {
    other.uploads.waitForOthers(Duration.ofMinutes(1));
    FutureTask<T> task = new FutureTask<>(waiting);
    new Thread(task).start();
    Await.until("the other node's asking", () -> one.uploads.letWantedGo() == 1);
    other.takeOver();
    return task.get();
  }

  private void sendChunk(ResumableUpload upload, Sender who) throws IOException {
    ChunkSender sender = upload.from(who, 0, HALF, System.nanoTime());
    try (Piece piece = sender.piece()) {
      piece.write(ByteBuffer.wrap(PNG, 0, HALF));
      sender.end(piece);
    }
  }

  private boolean isAskedFor() {
    return database.<Long, RuntimeException>read(
            handle ->
                handle
                    .select("select count(*) from chunked_upload where wanted_by is not null")
                    .mapTo(Long.class)
                    .one())
        > 0;
  }

  @Test
  void leaveTheirUseToAFileThatComesToAnotherNodeOnceNothingHasComeFor15Minutes() throws Exception {
    String token = key().token();
    UploadKey key = UploadKey.inOrder(token, "a.png", PNG.length, PHONE);
    UploadKey next = UploadKey.inOrder(token, "b.png", PNG.length, VISITOR);
    sendChunk(one.uploads.begin(key, "a.png", "192.0.2.1"), PHONE);
    clock.pass(Duration.ofMinutes(14));
    assertThat(other.uploads.removeForgotten(next, "b.png", VISITOR)).isFalse();
    assertThat(isAskedFor()).as("it may go on").isFalse();
    clock.pass(Duration.ofMinutes(2));
    assertThat(whileOneLetsGo(() -> other.uploads.removeForgotten(next, "b.png", VISITOR)))
        .isTrue();
    assertThat(usesOut()).isZero();
  }

  @Test
  void leaveTheirUseToTheFileThatIsAddedAnewAtAnotherNodeBySameVisitor() throws Exception {
    UploadKey key = key();
    UploadKey next = new UploadKey(key.token(), "again", key.size());
    sendChunk(one.uploads.begin(key, "a.png", "192.0.2.1"), PHONE);
    clock.pass(Duration.ofSeconds(4));
    assertThat(other.uploads.removeForgotten(next, "a.png", PHONE)).isFalse();
    assertThat(isAskedFor()).as("it may go on").isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(whileOneLetsGo(() -> other.uploads.removeForgotten(next, "a.png", VISITOR)))
        .as("another visitor's")
        .isFalse();
    assertThat(other.uploads.removeForgotten(next, "a.png", PHONE)).isTrue();
    assertThat(usesOut()).isZero();
  }

  /** A chunk was cut off, of which nothing was received. */
  @Test
  void leaveTheirUseOnceNothingHasComeSinceTheirLastChunkThoughItWasCutOff() throws Exception {
    UploadKey key = key();
    UploadKey next = new UploadKey(key.token(), "again", key.size());
    ResumableUpload cut = one.uploads.begin(key, "a.png", "192.0.2.1");
    Piece piece = cut.from(PHONE, 0, HALF, System.nanoTime()).piece();
    clock.pass(Duration.ofSeconds(6));
    piece.close();
    assertThat(whileOneLetsGo(() -> other.uploads.removeForgotten(next, "a.png", PHONE))).isFalse();
    clock.pass(Duration.ofSeconds(6));
    assertThat(other.uploads.removeForgotten(next, "a.png", PHONE)).isTrue();
    assertThat(usesOut()).isZero();
  }

  @Test
  void leaveTheirUseToWhatTheirCreatorAsksAnotherNodeFor() throws Exception {
    Creation creation = new Creation(key().token(), PNG.length, "", "", null, false);
    send(one.uploads.create(creation, PHONE).upload(), 0, HALF);
    clock.pass(Duration.ofSeconds(4));
    assertThat(other.uploads.removeForgotten(creation, PHONE)).isFalse();
    assertThat(isAskedFor()).as("it may go on").isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(whileOneLetsGo(() -> other.uploads.removeForgotten(creation, VISITOR)))
        .as("another visitor's")
        .isFalse();
    assertThat(other.uploads.removeForgotten(creation, PHONE)).isTrue();
    assertThat(usesOut()).isZero();
  }

  @Test
  void areNotForgottenWhereTheirNodeWasAway() throws Exception {
    String token = key().token();
    UploadKey key = UploadKey.inOrder(token, "a.png", PNG.length, PHONE);
    UploadKey next = UploadKey.inOrder(token, "b.png", PNG.length, VISITOR);
    sendChunk(one.uploads.begin(key, "a.png", "192.0.2.1"), PHONE);
    isDead(one);
    clock.pass(Duration.ofMinutes(16));
    other.takeOver();
    assertThat(other.uploads.removeForgotten(next, "b.png", VISITOR)).isFalse();
    assertGoesOn(other, key);
  }

  /** Its connection of before is still open, and has brought less. */
  @Test
  void keepWhatAnotherNodeHasReceivedWhereAConnectionOfBeforeEnds() throws Exception {
    UploadKey key = key();
    PieceWriter before = begunAtOne(key).append(HALF, 4, true);
    isDead(one);
    other.takeOver();
    ResumableUpload upload = other.find(key);
    send(upload, HALF, PNG.length - 1);
    before.close();
    assertThat(upload.file().size()).isEqualTo(PNG.length - 1);
    assertGoesOn(other, key);
  }

  @Test
  void areCutByNoNodeThatMayLoseThem() throws Exception {
    UploadKey key = key();
    UploadInfo upload = begunAtOne(key).info();
    String name = UUID.randomUUID().toString();
    UploadTable silent = new UploadTable(database, clock, name);
    database.execute(
        "insert into node select ?, started_at, seen_at - 20000 from node where node_id = ?",
        name,
        one.there.id());
    assertThat(silent.holds(upload)).isFalse();
    assertThat(new UploadTable(database, clock, one.there.id()).holds(upload)).isTrue();
    database.execute("update chunked_upload set node_id = null");
    assertThat(silent.takeOver()).isEmpty();
    database.execute("update chunked_upload set node_id = ?", name);
    assertThatThrownBy(() -> silent.holds(upload)).isInstanceOf(BusyException.class);
  }

  /**
   * The commit at the first node failed, which then slept before it looked what had become of it.
   */
  @Test
  void loseNoPhotoToANodeThatWasInDoubtWhenTheyWereTakenOver() throws Exception {
    UploadKey key = key();
    ResumableUpload before = begunAtOne(key);
    send(before, HALF, PNG.length);
    assertThatThrownBy(
            () ->
                before.finish(
                    photo -> {
                      throw new IllegalStateException("It fails");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(before.isInDoubt()).isTrue();
    isDead(one);
    other.takeOver();
    ResumableUpload upload = other.find(key);
    Optional<Photo> made =
        upload.finish(
            photo -> {
              assertThat(kept(upload)).exists();
              one.uploads.settle();
              return "http://example.com/";
            });
    assertThat(made).isPresent();
    assertThat(kept(upload)).exists();
    assertThat(one.find(key).isFinished()).isTrue();
    assertThat(photos(key)).isEqualTo(1);
  }

  @Test
  void areNotKeptByANodeThatSleptBeforeTheirEnd() throws Exception {
    UploadKey key = key();
    ResumableUpload before = begunAtOne(key);
    send(before, HALF, PNG.length);
    isDead(one);
    other.takeOver();
    assertThatThrownBy(() -> before.finish(photo -> "http://example.com/"))
        .isInstanceOf(BusyException.class);
    assertIsElsewhere(one, key, before.info().id());
    assertThat(kept(before)).doesNotExist();
    assertThat(other.find(key).finish(photo -> "http://example.com/")).isPresent();
    assertThat(photos(key)).isEqualTo(1);
  }

  /** Its row has another id by then. */
  @Test
  void areNotRemovedByANodeThatSleptWhileTheyWereHandedOver() throws Exception {
    Sender sender = new Sender("192.0.2.1", "");
    Creation creation = new Creation(key().token(), PNG.length, "a.png", "", null, false);
    ResumableUpload first = one.uploads.create(creation, sender).upload();
    isDead(one);
    other.takeOver();
    ResumableUpload again = other.uploads.create(creation, sender).upload();
    assertThat(again.info().id()).isNotEqualTo(first.info().id());
    send(again, 0, HALF);
    assertThatThrownBy(() -> one.uploads.remove(first)).isInstanceOf(BusyException.class);
    assertThat(again.file().size()).isEqualTo(HALF);
    assertThat(usesOut()).isEqualTo(1);
    assertGoesOn(other, again.info().key());
  }

  @Test
  void areLeftAloneByANodeThatSleptWhileTheyWereHandedOver() throws Exception {
    Sender sender = new Sender("192.0.2.1", "");
    Creation creation = new Creation(key().token(), PNG.length, "a.png", "", null, false);
    ResumableUpload first = one.uploads.create(creation, sender).upload();
    isDead(one);
    other.takeOver();
    other.uploads.create(creation, sender);
    one.uploads.leaveTaken();
    assertThat(one.uploads.find(first.info().id())).isEmpty();
  }

  @Test
  void areTakenOverLaterWhereThatFailsAndKeepNoOtherFromIt() throws Exception {
    UploadKey key = key();
    UploadKey behind = key();
    String id = begunAtOne(key).info().id();
    begunAtOne(behind);
    isDead(one);
    refuse("token_use", "new.upload_id = '" + id + "'");
    other.takeOver();
    assertIsElsewhere(other, key, id);
    assertThat(other.find(behind).offset()).isEqualTo(HALF);
    refuseNothing();
    other.takeOver();
    assertGoesOn(other, key);
    assertGoesOn(other, behind);
  }

  @Test
  void areAskedForByTheNodeWhereTheyArePutTogether() throws Exception {
    String token = key().token();
    Creation creation = new Creation(token, PNG.length, "", "", null, false);
    ResumableUpload part = one.uploads.createPart(creation, "192.0.2.1");
    send(part, 0, PNG.length);
    assertThatThrownBy(() -> putTogetherAtOther(part)).isInstanceOf(BusyException.class);
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    other.takeOver();
    assertThat(putTogetherAtOther(part).isFinished()).isTrue();
  }

  private ResumableUpload putTogetherAtOther(ResumableUpload part) throws Exception {
    List<String> parts = List.of(part.info().id());
    return other.uploads.concatenate(
        part.info().token(), parts, "a.png", "", "192.0.2.1", photo -> "http://example.com/");
  }

  /** As where the database goes away before they can be let go again. */
  @Test
  void areNotSaidToBeGoneByANodeThatHasLostThem() throws Exception {
    UploadKey key = key();
    String id = begunAtOne(key).info().id();
    database.execute("update chunked_upload set node_id = ?", other.there.id());
    assertIsElsewhere(other, key, id);
    assertThat(other.uploads.letWantedGo()).isZero();
  }

  @Test
  void stayWithTheirNodeWhereTheyCannotBeLetGo() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = begunAtOne(key);
    assertThatThrownBy(() -> other.uploads.find(key)).isInstanceOf(BusyException.class);
    refuse("chunked_upload", "new.node_id is null");
    assertThat(one.uploads.letWantedGo()).isZero();
    assertThat(one.uploads.settle()).isEqualTo(1);
    assertThat(one.find(key)).isSameAs(upload);
    send(upload, HALF, HALF + 1);
    refuseNothing();
    assertThat(one.uploads.letWantedGo()).isEqualTo(1);
    other.takeOver();
    assertGoesOn(other, key);
  }

  /** The server goes on with the commit later, or does not. */
  @Test
  @Tag("faults")
  void keepTheirFileWhereItIsWhileTheirCommitIsInDoubt() throws Exception {
    close();
    String url = TestPostgres.newDatabase();
    Duration patience = Duration.ofSeconds(2);
    open(new Database(PostgresEngine.open(new PostgresAddress(url, null, null, 8, patience))));
    UploadKey key = key();
    ResumableUpload upload = begunAtOne(key);
    send(upload, HALF, PNG.length);
    String process = null;
    try (Connection holding = DriverManager.getConnection(url)) {
      holding.createStatement().execute("select pg_advisory_lock(1)");
      haveCommitsWait();
      FutureTask<Optional<Photo>> ending =
          new FutureTask<>(() -> upload.finish(photo -> "http://example.com/"));
      new Thread(ending).start();
      Await.until("the commit", () -> !waiting().isEmpty());
      process = waiting().get(0);
      signal("STOP", process);
      assertThatThrownBy(ending::get)
          .cause()
          .isInstanceOfSatisfying(
              UnknownOutcomeException.class, e -> assertThat(e.isSettled()).isFalse());
      assertThat(one.uploads.settle()).isZero();
      assertThat(upload.isInDoubt()).isTrue();
      assertThat(kept(upload)).exists();
    } finally {
      if (process != null) {
        signal("CONT", process);
      }
    }
    Await.until("the truth", () -> one.uploads.settle() == 1);
    assertThat(one.find(key).finish(photo -> "http://example.com/")).isPresent();
    assertThat(kept(upload)).exists();
    assertThat(photos(key)).isEqualTo(1);
  }

  /** Each waits, once all of its statements are done, until a lock is free. */
  private void haveCommitsWait() {
    database.write(
        tx -> {
          tx.execute(
              "create function wait_at_commit() returns trigger language plpgsql as $$"
                  + " begin perform pg_advisory_xact_lock_shared(1); return null; end $$");
          return tx.execute(
              "create constraint trigger wait_at_commit after insert on photo"
                  + " deferrable initially deferred for each row"
                  + " execute function wait_at_commit()");
        });
  }

  private List<String> waiting() {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    select pid from pg_stat_activity
                    where wait_event = 'advisory' and datname = current_database()""")
                .mapTo(String.class)
                .list());
  }

  private static void signal(String name, String process) {
    try {
      assertThat(new ProcessBuilder("kill", "-" + name, process).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
