package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.event.AddressPolicy;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.AtOnce;
import slipway.harness.NeedsPostgres;
import slipway.harness.Relay;
import slipway.harness.SampleMedia;
import slipway.harness.SetClock;
import slipway.harness.TestBuckets;
import slipway.harness.TestedDatabase;
import slipway.health.BusyException;
import slipway.health.UnavailableException;
import slipway.media.Media;
import slipway.media.MediaAwayException;
import slipway.media.MediaKey;
import slipway.media.Spool;
import slipway.media.s3.BucketAddress;
import slipway.media.s3.MediaBucket;
import slipway.photo.Photo;
import slipway.secret.SecretBox;
import slipway.token.SampleToken;
import slipway.token.UploadToken;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Uploads in pieces of nodes that share a database and a bucket, and no folder. */
@NeedsPostgres
class UploadsInABucketTest {
  private static final byte[] PNG = SampleMedia.png(5, 5);
  private static final byte[] OTHER = PNG.clone();
  private static final int THIRD = PNG.length / 3;
  private static final String ADDRESS = "192.0.2.1";
  private static final Sender PAGE = new Sender(ADDRESS, "a browser");

  static {
    for (int i = THIRD; i < OTHER.length; i++) {
      OTHER[i]++;
    }
  }

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private final Relay relay = new Relay(TestBuckets.port());
  private final BucketAddress bucket = TestBuckets.newBucket(relay.port());
  private final MediaBucket place = new MediaBucket(bucket);
  private final ScheduledExecutorService loops = Executors.newScheduledThreadPool(3);
  private final List<ScheduledFuture<?>> running = new ArrayList<>();
  private final List<TestNode> nodes = new ArrayList<>();
  private Database database;
  private Outgoing outgoing;

  @BeforeEach
  void open() throws IOException {
    database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
    outgoing =
        new Outgoing(
            database,
            clock,
            new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock),
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    for (String name : List.of("one", "two", "three")) {
      TestNode node = TestNode.apart(folder, name, place, database, outgoing, clock);
      node.uploads.waitForOthers(Duration.ofSeconds(5));
      nodes.add(node);
      running.add(
          loops.scheduleWithFixedDelay(node.uploads::letWantedGo, 20, 20, TimeUnit.MILLISECONDS));
    }
  }

  @AfterEach
  void close() throws Exception {
    loops.shutdownNow();
    loops.awaitTermination(1, TimeUnit.MINUTES);
    nodes.forEach(node -> node.there.close());
    outgoing.close();
    database.close();
    place.close();
    relay.close();
  }

  private TestNode node(int number) {
    return nodes.get(number % nodes.size());
  }

  private String token() {
    UploadToken token = SampleToken.inNoAlbum(1, clock.instant());
    node(0).tokens.add(token);
    return token.id();
  }

  private UploadKey key() {
    return new UploadKey(token(), "a.png", PNG.length);
  }

  private String created() throws Exception {
    Creation creation = new Creation(token(), PNG.length, "a.png", "", null, false);
    return node(0).uploads.create(creation, PAGE).upload().info().id();
  }

  private static void append(ResumableUpload upload, byte[] file, int first, int end)
      throws IOException {
    upload.takeOver();
    try (PieceWriter writer = upload.append(first, end - first, true)) {
      writer.write(ByteBuffer.wrap(file, first, end - first));
      writer.end();
    }
  }

  private ResumableUpload at(int number, String id) {
    return node(number).uploads.find(id).orElseThrow();
  }

  private static Optional<Photo> finish(ResumableUpload upload) throws IOException {
    return upload.finish(photo -> "http://example.com/");
  }

  /** A node that says nothing, and does nothing, for a while. */
  private void silence(int number) {
    running.get(number).cancel(false);
    database.execute(
        "update node set seen_at = seen_at - 13000 where node_id = ?", node(number).there.id());
  }

  private void assertIsStored(Photo photo) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MediaKey key = new MediaKey(photo.treeId(), photo.mediaKey());
    try (Media media =
        place.open(new Spool(folder.resolve("look")), left -> {}).open(key).orElseThrow()) {
      media.copy(0, media.size(), bytes);
    }
    assertThat(bytes.toByteArray()).isEqualTo(PNG);
    assertThat(count("photo")).isEqualTo(1);
    assertThat(count("upload_piece")).isZero();
    assertThat(count("token_use")).isZero();
  }

  private void assertNothingElseIsLeft() throws IOException {
    List<String> there = TestBuckets.names(bucket);
    assertThat(there).hasSize(1);
    assertThat(strays()).doesNotContainAnyElementsOf(there);
    for (TestNode node : nodes) {
      assertThat(files(node)).isEmpty();
    }
  }

  private List<Path> files(TestNode node) throws IOException {
    String name = List.of("one", "two", "three").get(nodes.indexOf(node));
    try (Stream<Path> files = Files.list(folder.resolve(name + "-media/incoming"))) {
      return files.toList();
    }
  }

  private List<String> strays() {
    return database.read(
        handle -> handle.createQuery("select name from stray_object").mapTo(String.class).list());
  }

  private int count(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  @Test
  void areGoneOnWithWhereverTheirClientComes() throws Exception {
    String id = created();
    append(at(0, id), PNG, 0, THIRD);
    assertThat(at(1, id).offset()).isEqualTo(THIRD);
    append(at(2, id), PNG, THIRD, 2 * THIRD);
    assertThat(at(0, id).offset()).isEqualTo(2 * THIRD);
    append(at(1, id), PNG, 2 * THIRD, PNG.length);
    assertIsStored(finish(at(2, id)).orElseThrow());
    assertThat(at(0, id).isFinished()).isTrue();
    assertNothingElseIsLeft();
  }

  /** Nobody waits for a sign that they have the same file: one page has sent all of it. */
  @Test
  void takeChunksOfOnePageAtEachNodeInTurn() throws Exception {
    UploadKey key = key();
    Optional<Photo> photo = Optional.empty();
    int number = 0;
    for (int first = PNG.length / 10 * 10; first >= 0; first -= 10) {
      int length = Math.min(10, PNG.length - first);
      ResumableUpload upload = node(number++).uploads.begin(key, "a.png", ADDRESS);
      ChunkSender sender = upload.from(PAGE, first, length, System.nanoTime());
      try (Piece piece = sender.piece()) {
        piece.write(ByteBuffer.wrap(PNG, first, length));
        sender.end(piece);
      }
      photo = sender.finishNow(made -> "http://example.com/");
      assertThat(photo.isPresent()).isEqualTo(first == 0);
    }
    assertIsStored(photo.orElseThrow());
    assertNothingElseIsLeft();
  }

  @Test
  void waitForChunksOfTheSameFileWhereTwoPagesHaveSentIt() throws Exception {
    UploadKey key = key();
    send(0, key, PAGE, 0, THIRD);
    ChunkSender other = send(1, key, new Sender(ADDRESS, "another"), THIRD, PNG.length);
    assertThat(other.finishNow(made -> "http://example.com/")).isEmpty();
    ChunkSender again = send(2, key, new Sender(ADDRESS, "another"), 0, THIRD);
    assertIsStored(again.finishNow(made -> "http://example.com/").orElseThrow());
  }

  private ChunkSender send(int number, UploadKey key, Sender who, int first, int end)
      throws Exception {
    return send(number, key, who, PNG, first, end);
  }

  private ChunkSender send(int number, UploadKey key, Sender who, byte[] file, int first, int end)
      throws Exception {
    ResumableUpload upload = node(number).uploads.begin(key, "a.png", ADDRESS);
    ChunkSender sender = upload.from(who, first, end - first, System.nanoTime());
    try (Piece piece = sender.piece()) {
      piece.write(ByteBuffer.wrap(file, first, end - first));
      sender.end(piece);
    }
    return sender;
  }

  /** The node that ends them has no byte of them. */
  @Test
  void keepTheirNameWhereverTheyEndIfChunksComeInOrder() throws Exception {
    UploadKey key = UploadKey.inOrder(token(), "a.png", PNG.length, PAGE);
    send(0, key, PAGE, 0, THIRD);
    send(1, key, PAGE, THIRD, 2 * THIRD);
    assertThat(node(2).uploads.find(key).orElseThrow().removeIfLeft(Instant.MAX)).isTrue();
    send(0, key, PAGE, OTHER, 0, THIRD);
    assertThatThrownBy(() -> send(1, key, PAGE, OTHER, THIRD, 2 * THIRD))
        .isInstanceOf(UploadRefusedException.class)
        .hasMessageContaining("Another file of this name");
    send(2, key, PAGE, 0, THIRD);
    send(0, key, PAGE, THIRD, 2 * THIRD);
    ChunkSender last = send(1, key, PAGE, 2 * THIRD, PNG.length);
    assertIsStored(last.finishNow(made -> "http://example.com/").orElseThrow());
    assertNothingElseIsLeft();
  }

  @Test
  void compareBytesThatAnotherNodeHasReceived() throws Exception {
    UploadKey key = key();
    send(0, key, PAGE, 0, 2 * THIRD);
    ResumableUpload upload = node(1).uploads.begin(key, "a.png", ADDRESS);
    try (PieceWriter writer = upload.chunk(THIRD, PNG.length - THIRD)) {
      assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(OTHER, THIRD, PNG.length - THIRD)))
          .isInstanceOf(IOException.class);
    }
    assertThat(node(2).uploads.find(upload.info().id())).isEmpty();
    assertThat(count("upload_piece")).isZero();
    assertThat(TestBuckets.names(bucket)).isEmpty();
  }

  /** As its pause ends it is not known to anybody as gone, and it does not know that it was. */
  @Test
  void haveNoByteOfANodeThatHasLostThem() throws Exception {
    String id = created();
    ResumableUpload before = at(0, id);
    append(before, PNG, 0, THIRD);
    PieceWriter late = before.append(THIRD, PNG.length - THIRD, true);
    late.write(ByteBuffer.wrap(OTHER, THIRD, THIRD));
    silence(0);
    ResumableUpload now = at(1, id);
    assertThat(now.offset()).isEqualTo(THIRD);
    assertThatThrownBy(late::accept).isInstanceOf(UnavailableException.class);
    append(now, PNG, THIRD, PNG.length);
    assertThatThrownBy(late::accept).isInstanceOf(UnavailableException.class);
    late.close();
    assertThat(finish(before)).isEmpty();
    assertThat(at(0, id).offset()).isEqualTo(PNG.length);
    assertIsStored(finish(at(0, id)).orElseThrow());
  }

  /** It had begun to keep the file, and then said nothing for a while. */
  @Test
  void becomeAPhotoThoughTheNodeOfBeforeHasKeptTheirFile() throws Exception {
    String id = created();
    append(at(0, id), PNG, 0, PNG.length);
    MediaKey key = MediaKey.of(at(0, id).info().mediaName());
    silence(0);
    ResumableUpload now = at(1, id);
    String late = key.treeId() + "/" + key.name();
    try (S3Client client = TestBuckets.client()) {
      client.putObject(
          to -> to.bucket(bucket.bucket()).key(bucket.prefix() + late),
          RequestBody.fromString("a"));
    }
    assertIsStored(finish(now).orElseThrow());
    assertThat(strays()).containsExactly(late);
  }

  /** A connection of before is still open where they are once more. */
  @Test
  void haveNoByteOfTheTimeBeforeTheyWereAtAnotherNode() throws Exception {
    String id = created();
    append(at(0, id), PNG, 0, THIRD);
    UploadInfo before = at(0, id).info();
    append(at(1, id), PNG, THIRD, 2 * THIRD);
    ResumableUpload again = at(0, id);
    assertThat(again.info().epoch()).isEqualTo(2);
    UploadTable table =
        new UploadTable(database, clock, node(0).there.id(), place.pieces().orElseThrow());
    assertThatThrownBy(() -> table.received(before, "0-" + PNG.length, List.of()))
        .isInstanceOf(UnavailableException.class);
    assertThat(at(2, id).offset()).isEqualTo(2 * THIRD);
  }

  @Test
  void stayWhereAChunkIsUnderWayUntilThatHasCome() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = node(0).uploads.begin(key, "a.png", ADDRESS);
    try (PieceWriter writer = upload.chunk(0, THIRD)) {
      writer.write(ByteBuffer.wrap(PNG, 0, THIRD));
      loops.schedule(
          () -> {
            writer.end();
            writer.close();
            return null;
          },
          500,
          TimeUnit.MILLISECONDS);
      assertThat(node(1).find(key).offset()).isEqualTo(THIRD);
    }
  }

  /** Its client has got no answer, and asks elsewhere where it is to go on. */
  @Test
  void goOnAtOnceThoughAConnectionToTheNodeOfBeforeHangs() throws Exception {
    String id = created();
    PieceWriter hanging = at(0, id).append(0, PNG.length, true);
    hanging.write(ByteBuffer.wrap(PNG, 0, THIRD));
    ResumableUpload now = at(1, id);
    assertThat(now.offset()).isEqualTo(THIRD);
    assertThatThrownBy(() -> hanging.write(ByteBuffer.wrap(PNG, THIRD, 1)))
        .isInstanceOf(UploadLaterException.class);
    hanging.close();
    append(now, PNG, THIRD, PNG.length);
    assertIsStored(finish(now).orElseThrow());
    assertNothingElseIsLeft();
  }

  @Tag("faults")
  @Test
  void arePutTogetherOfPartsThatCameToOtherNodes() throws Exception {
    String token = token();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int first = i * THIRD;
      int end = i == 2 ? PNG.length : first + THIRD;
      Creation creation = new Creation(token, end - first, "", "", null, false);
      ResumableUpload part = node(i).uploads.createPart(creation, ADDRESS);
      try (PieceWriter writer = part.append(0, end - first, true)) {
        writer.write(ByteBuffer.wrap(PNG, first, end - first));
        writer.end();
      }
      ids.add(part.info().id());
    }
    ResumableUpload whole =
        node(1)
            .uploads
            .concatenate(token, ids, "a.png", "", ADDRESS, photo -> "http://example.com/");
    assertIsStored(finish(whole).orElseThrow());
    assertNothingElseIsLeft();
  }

  /** What was answered before is there, and what was not has to come again. */
  @Test
  void goOnFromWhatWasKeptOnceTheBucketIsBack() throws Exception {
    String id = created();
    append(at(0, id), PNG, 0, THIRD);
    relay.cut();
    assertThatThrownBy(() -> append(at(0, id), PNG, THIRD, PNG.length))
        .isInstanceOf(MediaAwayException.class);
    assertThat(at(0, id).offset()).isEqualTo(THIRD);
    assertThat(at(1, id).offset()).isEqualTo(THIRD);
    relay.mend();
    append(at(1, id), PNG, THIRD, PNG.length);
    assertIsStored(finish(at(2, id)).orElseThrow());
    assertNothingElseIsLeft();
  }

  @Test
  void areRemovedWithTheirPiecesWhereverThatIsAskedFor() throws Exception {
    String id = created();
    append(at(0, id), PNG, 0, THIRD);
    assertThat(node(2).uploads.remove(at(2, id))).isTrue();
    assertThat(TestBuckets.names(bucket)).isEmpty();
    assertThat(count("upload_piece")).isZero();
    assertThat(count("stray_object")).isZero();
    assertThat(count("token_use")).isZero();
    assertThat(node(0).uploads.find(id)).isEmpty();
  }

  /** A chunk of it is under way; they would hold a thread each. */
  @Tag("faults")
  @Test
  void areWaitedForByAFewRequestsOnly() throws Exception {
    UploadKey key = key();
    ResumableUpload upload = node(0).uploads.begin(key, "a.png", ADDRESS);
    try (PieceWriter writer = upload.chunk(0, THIRD)) {
      writer.write(ByteBuffer.wrap(PNG, 0, THIRD));
      AtomicInteger refused = new AtomicInteger();
      List<Boolean> found =
          AtOnce.run(
              20,
              i ->
                  () -> {
                    try {
                      return node(1).uploads.find(key).isPresent();
                    } catch (BusyException e) {
                      if (refused.incrementAndGet() == 4) {
                        writer.end();
                        writer.close();
                      }
                      return false;
                    }
                  });
      assertThat(found.stream().filter(is -> is)).hasSize(16);
    }
  }
}
