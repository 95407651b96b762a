package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import slipway.db.Database;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.NewDatabase;
import slipway.harness.SampleMedia;
import slipway.harness.SetClock;
import slipway.harness.TroubledDisk;
import slipway.media.FileMediaStore;
import slipway.media.Leftovers;
import slipway.media.MediaKey;
import slipway.media.Spool;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.secret.SecretBox;
import slipway.token.IdempotencyKeys;
import slipway.token.MemoryTokenRegistry;
import slipway.token.SampleToken;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.Completion;
import slipway.upload.FileRules;
import slipway.upload.IncomingRoom;
import slipway.upload.IncomingRoomTest;
import slipway.upload.UploadLaterException;

/** Uploads in pieces without a server: on a disk that may fail, with a clock that is set. */
final class TestUploads implements AutoCloseable {
  static final Duration TTL = Duration.ofDays(1);

  static final Duration EMPTY_TTL = Duration.ofMinutes(15);

  /** The largest file that a sample token takes. */
  static final int SIZE = 1000;

  private static final byte[] PICTURE = SampleMedia.png(4, 4);
  private static final String ADDRESS = "192.0.2.1";
  private static final long ROOM = 1 << 20;
  private static final Sender SENDER = new Sender(ADDRESS, "a browser");

  final SetClock clock = new SetClock();

  /** What clients go by. */
  final SetClock wall = new SetClock();

  final TroubledDisk disk = new TroubledDisk();
  final TokenRegistry tokens;
  final ResumableUploads uploads;
  private final Path media;
  private final Spool spool;
  private final FileMediaStore store;
  final Database database;
  private final Outgoing outgoing;
  private final Photos photos;
  private final AtomicLong usable = new AtomicLong(1L << 50);
  private final IncomingRoom room = IncomingRoomTest.on(usable::get);
  private final DiskUse use = new DiskUse(ROOM, ROOM, room);
  private final UnfinishedUploads unfinished;

  TestUploads(Path folder) throws IOException {
    this(folder, "image/*", Duration.ofMillis(300));
  }

  /** Those that take one kind of file. */
  TestUploads(Path folder, String type) throws IOException {
    this(folder, type, Duration.ofMillis(300));
  }

  /** With the time that the end of an upload in chunks may wait. */
  TestUploads(Path folder, Duration wait) throws IOException {
    this(folder, "image/*", wait);
  }

  private TestUploads(Path folder, String type, Duration wait) throws IOException {
    unfinished = new UnfinishedUploads(0, clock.instant(), wait);
    media = folder.resolve("media");
    database = NewDatabase.open(folder.resolve("test.db"));
    tokens = new MemoryTokenRegistry(database, clock);
    photos = new Photos(database, clock);
    outgoing =
        new Outgoing(
            database,
            clock,
            new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock),
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    Path troubled = disk.folder(media);
    spool = new Spool(troubled);
    store = new FileMediaStore(spool);
    Completion completion =
        new Completion(
            database,
            store,
            photos,
            new IdempotencyKeys(database),
            new PhotoEvents(new Events(database, clock, outgoing, List::of)),
            new RenditionQueue(database),
            outgoing,
            TextLimits.DEFAULT);
    uploads =
        new ResumableUploads(
            new UploadContext(
                unfinished,
                new RecentRefusals(),
                new UploadTable(database, clock),
                tokens,
                spool,
                completion,
                use,
                new UploadContext.Terms(
                    new FileRules(SIZE, List.of(type)), TTL, EMPTY_TTL, clock, wall)));
  }

  @Override
  public void close() throws IOException {
    outgoing.close();
    database.close();
  }

  String token(int maxUploads) {
    UploadToken token = SampleToken.inNoAlbum(maxUploads, clock.instant());
    tokens.add(token);
    return token.id();
  }

  /** One that is good for a day. */
  String longToken(int maxUploads) {
    UploadToken token = SampleToken.ofADay(maxUploads, clock.instant());
    tokens.add(token);
    return token.id();
  }

  /** Has the database know nothing of a token any more. */
  void forget(String token) {
    database.write(tx -> tx.execute("delete from upload_token where token = ?", token));
  }

  /** Has the disk have no more free than these bytes, as it says. */
  void leaveFree(long bytes) {
    usable.set(bytes);
  }

  /** Has others take all room but these bytes. */
  void leaveRoom(long bytes) {
    long more = ROOM - bytes - use.used();
    if (more > 0) {
      use.add("others", more);
    } else {
      use.release("others", -more);
    }
  }

  /** Has no row of an upload be deleted, as on a full disk. */
  void keepRows() {
    database.write(
        tx ->
            tx.execute(
                "create trigger kept before delete on chunked_upload begin select raise(abort,"
                    + " 'full'); end"));
  }

  /** Has rows be deleted again. */
  void letRowsGo() {
    database.write(tx -> tx.execute("drop trigger kept"));
  }

  /** Has a row say that no more came than that. */
  void receivedOnly(ResumableUpload upload, long bytes) {
    new UploadTable(database, clock).received(upload.info(), "0-" + bytes, List.of());
  }

  /** Has no upload get another id, as on a disk that fails. */
  void keepAddresses() {
    database.write(
        tx ->
            tx.execute(
                "create trigger kept_id before update of upload_id on chunked_upload begin select"
                    + " raise(abort, 'failed'); end"));
  }

  /** The opposite of {@link #keepAddresses}. */
  void letAddressesGo() {
    database.write(tx -> tx.execute("drop trigger kept_id"));
  }

  /** Has the database take no row of an upload. */
  void refuseRows() {
    database.write(
        tx ->
            tx.execute(
                "create trigger refused before insert on chunked_upload begin select raise(abort,"
                    + " 'failed'); end"));
  }

  /** The opposite of {@link #refuseRows}. */
  void takeRows() {
    database.write(tx -> tx.execute("drop trigger refused"));
  }

  /** Adds a row as one that could not be deleted, which nothing arrived for. */
  void leaveRow(String token, String id) {
    database.write(
        tx ->
            tx.execute(
                """
                insert into chunked_upload (upload_id, upload_token, identifier, size, filename,
                  media_name, metadata, concat, touched_at)
                values (?, ?, ?, ?, 'a', ?, '', '', ?)""",
                id,
                token,
                id,
                SIZE,
                id,
                clock.millis() + 1));
  }

  /** Spends a use of a token. */
  void spend(String token) throws Exception {
    TokenUse use = tokens.reserve(token);
    database.write(
        tx -> {
          use.spend(tx);
          return null;
        });
    use.spent();
  }

  int spent(String token) {
    return tokens.recall(token).orElseThrow().spent();
  }

  /** How many more uploads may begin with a token. */
  long free(String token) throws Exception {
    return tokens.free(token).count();
  }

  List<Photo> photos(String token) {
    return photos.uploadedWith(token);
  }

  ResumableUpload begin(String token, String name) throws Exception {
    return uploads.begin(new UploadKey(token, name, SIZE), name, ADDRESS);
  }

  /** Has the disk lose the end of what arrived of an upload. */
  void cutSpooled(String id, long size) throws IOException {
    String name = uploads.find(id).orElseThrow().info().mediaName();
    try (FileChannel file =
        FileChannel.open(media.resolve("incoming").resolve(name), StandardOpenOption.WRITE)) {
      file.truncate(size);
    }
  }

  ResumableUpload part(String token, long size) throws Exception {
    return uploads.createPart(new Creation(token, size, "", "", null, false), ADDRESS);
  }

  ResumableUpload create(String token, boolean partial) throws Exception {
    Creation creation = new Creation(token, SIZE, "a.png", "", null, false);
    return partial
        ? uploads.createPart(creation, ADDRESS)
        : uploads.create(creation, SENDER).upload();
  }

  Created create(String token, String metadata, String idempotencyKey) throws Exception {
    return create(token, metadata, idempotencyKey, SENDER);
  }

  Created create(String token, String metadata, String idempotencyKey, Sender sender)
      throws Exception {
    return uploads.create(creation(token, metadata, idempotencyKey, false), sender);
  }

  static Creation creation(
      String token, String metadata, String idempotencyKey, boolean bringsBytes) {
    return new Creation(token, SIZE, "a.png", metadata, idempotencyKey, bringsBytes);
  }

  /** A file that passes for a picture; another for every seed. */
  static byte[] content(int seed) {
    byte[] content = new byte[SIZE];
    new Random(seed).nextBytes(content);
    System.arraycopy(PICTURE, 0, content, 0, PICTURE.length);
    return content;
  }

  /** Sends a piece as a chunk; on return it is received. */
  static void send(ResumableUpload upload, byte[] content, int first, int length)
      throws IOException {
    try (PieceWriter piece = upload.chunk(first, length)) {
      piece.write(ByteBuffer.wrap(content, first, length));
      piece.end();
    }
  }

  /** The same; false when it could not be taken now. */
  static boolean isSent(ResumableUpload upload, byte[] content, int first, int length)
      throws IOException {
    try {
      send(upload, content, first, length);
      return true;
    } catch (UploadLaterException e) {
      return false;
    }
  }

  static Optional<Photo> finish(ResumableUpload upload) throws IOException {
    return upload.finish(photo -> "http://a.test/?" + photo.photoId());
  }

  /** What is kept of an upload; empty when nothing is. */
  Optional<byte[]> kept(ResumableUpload upload) throws IOException {
    Optional<Path> file =
        files().stream()
            .filter(path -> path.endsWith(upload.info().mediaName()))
            .filter(path -> !isIncoming(path))
            .findFirst();
    return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
  }

  /** The names of the kept files that the comparison after the start looks at. */
  List<String> leftBehind() throws IOException {
    List<String> names = new ArrayList<>();
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      spool.leftovers(Duration.ZERO).kept(tree).forEach(kept -> names.add(kept.key().name()));
    }
    return names;
  }

  /** What the comparison after the start looks at. */
  Leftovers leftovers() {
    return spool.leftovers(Duration.ZERO);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(media)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean isIncoming(Path file) {
    return file.getParent().endsWith("media/incoming");
  }

  /** How many bytes are counted as taken of the disk. */
  long used() {
    return use.used();
  }

  /** Nothing is counted as unfinished, nor lies there. */
  void assertNothingIsLeft() throws IOException {
    assertThat(IncomingRoomTest.used(room)).as("room").isZero();
    assertThat(use.used()).as("disk use").isZero();
    assertThat(unfinished.all()).isEmpty();
    assertThat(unfinished.counts().size()).isZero();
    assertThat(files()).noneMatch(TestUploads::isIncoming);
  }
}
