package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.DetailsChange;
import slipway.details.Markup;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.editing.UploadChanges;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.OnEachDatabase;
import slipway.harness.SampleMedia;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.Spool;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.secret.SecretBox;
import slipway.token.IdempotencyKeys;
import slipway.token.SampleToken;
import slipway.token.TestedRegistry;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;
import slipway.upload.resumable.Creation;
import slipway.upload.resumable.PieceWriter;
import slipway.upload.resumable.ResumableUpload;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.Sender;
import slipway.upload.resumable.UploadTable;

@OnEachDatabase(isLong = true)
class CompletionTest {
  @Parameter TestedDatabase on;

  private static final DetailsChange TO_B = new DetailsChange(null, "B", null, "b \"b b\"", false);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Outgoing outgoing;
  private Database database;
  private Spool spool;
  private Photos photos;
  private TokenRegistry tokens;
  private UploadChanges changes;
  private RenditionQueue renditions;
  private Completion completion;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    spool = new Spool(folder.resolve("media"));
    FileMediaStore media = new FileMediaStore(spool);
    photos = new Photos(database, clock);
    tokens = TestedRegistry.on(on, database, clock);
    outgoing = outgoing();
    changes = new UploadChanges(database, tokens, photos, events());
    renditions = new RenditionQueue(database);
    IdempotencyKeys keys = new IdempotencyKeys(database);
    completion =
        new Completion(
            database, media, photos, keys, events(), renditions, outgoing, TextLimits.DEFAULT);
  }

  /** Never started: the calls only wait. */
  private Outgoing outgoing() throws IOException {
    return new Outgoing(
        database,
        clock,
        new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock),
        new AddressPolicy(List.of()),
        new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
        new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
  }

  private PhotoEvents events() {
    return new PhotoEvents(new Events(database, clock, outgoing, List::of));
  }

  private List<String> calls() {
    return database.read(
        handle -> handle.createQuery("select url from outgoing_call").mapTo(String.class).list());
  }

  @AfterEach
  void close() throws IOException {
    outgoing.close();
    database.close();
  }

  private UploadToken token(int maxUploads) {
    UploadToken token = SampleToken.inNoAlbum(maxUploads, clock.instant());
    tokens.add(token);
    return token;
  }

  private Photo complete(TokenUse use, String identifier, String key) throws IOException {
    Incoming file = spool.receive();
    file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    return completion.complete(
        use,
        new Received(file, "a.jpg", "image/jpeg", 3),
        new Submission(identifier, key, photo -> "http://a.test/?" + photo.photoId()));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("media"))) {
      return all.filter(file -> Files.isRegularFile(file)).count();
    }
  }

  @Test
  void givesThePhotoWhatTheTokenSays() throws Exception {
    try (TokenUse use = tokens.reserve(token(1).id())) {
      Photo photo = complete(use, null, null);
      assertThat(photo.publishedAt()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
      assertThat(photo.absoluteUrl()).isEqualTo("https://a.test/canonical");
      assertThat(photo.title()).isEqualTo("A title");
      assertThat(calls()).containsExactly("http://a.test/?" + photo.photoId());
    }
  }

  @Test
  void takesTheFileBackWhereNothingComesOfItUnlessAnotherNodeHasIt() throws Exception {
    UploadToken token = token(1);
    try (TokenUse use = tokens.reserve(token.id())) {
      assertThat(failed(use, true)).exists();
      assertThat(failed(use, false)).doesNotExist();
    }
    assertThat(photos.uploadedWith(token.id())).isEmpty();
  }

  /** The file of an upload whose commit has failed, where it came in. */
  private Path failed(TokenUse use, boolean isOurs) throws IOException {
    Incoming file = spool.receive();
    file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Submission failing =
        new Submission(
                null,
                null,
                photo -> {
                  throw new IllegalStateException("It fails");
                })
            .whileOurs(() -> isOurs);
    Received received = new Received(file, "a.jpg", "image/jpeg", 3);
    assertThatThrownBy(() -> completion.complete(use, received, failing))
        .isInstanceOf(IllegalStateException.class);
    try (Stream<Path> all = Files.list(folder.resolve("media").resolve("incoming"))) {
      return all.filter(one -> one.getFileName().toString().startsWith(file.name()))
          .findFirst()
          .orElse(folder.resolve(file.name()));
    }
  }

  @Test
  void hasItsRenditionsBegunAtOnce() throws Exception {
    try (TokenUse use = tokens.reserve(token(1).id())) {
      assertThat(renditions.await(Duration.ZERO)).isFalse();
      complete(use, null, null);
      assertThat(renditions.await(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void takesAChangeThatCameWhileTheFileWasOnItsWay() throws Exception {
    UploadToken token = token(2);
    try (TokenUse use = tokens.reserve(token.id())) {
      assertThat(changes.apply(token.id(), null, TO_B)).isTrue();
      Photo photo = complete(use, null, null);
      assertThat(photo.title()).isEqualTo("B");
      assertThat(photo.published()).isFalse();
      assertThat(photo.description().html()).isEqualTo("<b>A description</b>");
    }
  }

  @Test
  void takesAChangeForTheFileThatIsMeantOnly() throws Exception {
    UploadToken token = token(2);
    assertThat(changes.apply(token.id(), "3-b.jpg", TO_B)).isTrue();
    DetailsChange later = new DetailsChange(null, null, Markup.clean("Later"), null, null);
    assertThat(changes.apply(token.id(), "3-b.jpg", later)).isTrue();
    try (TokenUse a = tokens.reserve(token.id());
        TokenUse b = tokens.reserve(token.id())) {
      assertThat(complete(a, "3-a.jpg", null).title()).isEqualTo("A title");
      Photo photo = complete(b, "3-b.jpg", null);
      assertThat(photo.title()).isEqualTo("B");
      assertThat(photo.description().html()).isEqualTo("Later");
      assertThat(photo.published()).isFalse();
    }
    DetailsChange back = new DetailsChange(null, "C", null, null, null);
    changes.apply(token.id(), "3-a.jpg", back);
    assertThat(photos.uploadedWith(token.id())).extracting(Photo::title).containsExactly("C", "B");
  }

  @Test
  void makesOnePhotoOfTwoUploadsWithOneKey() throws Exception {
    UploadToken token = token(2);
    try (TokenUse one = tokens.reserve(token.id());
        TokenUse other = tokens.reserve(token.id())) {
      Photo photo = complete(one, null, "key");
      assertThat(complete(other, null, "key").photoId()).isEqualTo(photo.photoId());
    }
    assertThat(files()).isEqualTo(1);
    assertThat(calls()).hasSize(1);
    assertThat(tokens.recall(token.id()).orElseThrow().spent()).isEqualTo(1);
  }

  /** What was checked when an upload began may be gone when it ends. */
  @Test
  void endsAnUploadWhoseTokenIsKeptNoLonger() throws Exception {
    UploadToken token = token(1);
    try (TokenUse use = tokens.reserve(token.id())) {
      database.write(tx -> tx.execute("delete from upload_token where token = ?", token.id()));
      Photo photo = complete(use, null, "key");
      assertThat(photos.find(photo.photoId())).isPresent();
    }
    assertThat(changes.apply(token.id(), "c", TO_B)).isTrue();
  }

  private SharedUses sharedUses(Duration patience) {
    return new SharedUses(tokens, TokenPurpose.UPLOAD, patience);
  }

  @Test
  void givesAUseToOneRequestAtATimeOfThoseWithOneKey() throws Exception {
    UploadToken token = token(3);
    SharedUses uses = sharedUses(Duration.ofMillis(10));
    TokenUse one = uses.reserve(token.id(), "key", () -> false).orElseThrow();
    assertThatThrownBy(() -> uses.reserve(token.id(), "key", () -> false))
        .isInstanceOf(UploadLaterException.class);
    uses.reserve(token.id(), "other", () -> false).orElseThrow().close();
    one.close();
    one.close();
    assertThat(uses.reserve(token.id(), "key", () -> true)).isEmpty();
    uses.reserve(token.id(), "key", () -> false).orElseThrow().close();
    assertThat(uses.waiting()).isZero();
  }

  @Test
  void hasAFewWaitForTheRequestWithTheirKeyAndTellsThemWhatCameOfIt() throws Exception {
    UploadToken token = token(1);
    SharedUses uses = sharedUses(Duration.ofMinutes(1));
    TokenUse one = uses.reserve(token.id(), "key", () -> false).orElseThrow();
    ExecutorService others = Executors.newCachedThreadPool();
    try {
      List<Future<Optional<TokenUse>>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiting.add(others.submit(() -> uses.reserve(token.id(), "key", () -> true)));
      }
      while (uses.waiting() < 4) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> uses.reserve(token.id(), "key", () -> true))
          .isInstanceOf(UploadLaterException.class);
      one.close();
      for (Future<Optional<TokenUse>> each : waiting) {
        assertThat(each.get()).isEmpty();
      }
    } finally {
      others.shutdownNow();
    }
    assertThat(isRefused(token)).isFalse();
  }

  @Test
  void losesNoUploadInPiecesAndNoUseWhenTheClockIsMoved() throws Exception {
    ResumableUploads uploads = uploadsOfADay();
    UploadToken token = token(2);
    byte[] png = SampleMedia.png(4, 4);
    ResumableUpload running = created(uploads, token, png.length, "a.png");
    ResumableUpload idle = created(uploads, token, png.length, "b.png");
    assertThat(isRefused(token)).isTrue();
    try (PieceWriter piece = running.append(0, 20, true)) {
      piece.write(ByteBuffer.wrap(png, 0, 20));
      clock.pass(Duration.ofDays(10));
      tokens.sweep(clock.instant());
      assertThat(uploads.sweep()).as("no time has passed").isZero();
      assertThat(uploads.find(idle.info().id())).isPresent();
      clock.pass(Duration.ofDays(-10).minusHours(1));
      piece.end();
    }
    assertThat(uploads.sweep()).isZero();
    tokens.sweep(clock.instant());
    assertThat(uploads.remove(idle)).isTrue();
    try (PieceWriter rest = running.append(20, png.length - 20, true)) {
      rest.write(ByteBuffer.wrap(png, 20, png.length - 20));
      rest.end();
    }
    assertThat(running.finish(photo -> "http://a.test/")).isPresent();
    assertThat(tokens.recall(token.id()).orElseThrow().spent()).isEqualTo(1);
    try (TokenUse returned = tokens.reserve(token.id())) {
      complete(returned, null, null);
    }
    assertThat(isRefused(token)).isTrue();
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void returnsTheUseOfAnUploadInPiecesWhoseFileCannotBeDeleted() throws Exception {
    ResumableUploads uploads = uploadsOfADay();
    UploadToken token = token(1);
    ResumableUpload stuck = created(uploads, token, 100, "a.png");
    Path file = folder.resolve("media/incoming").resolve(stuck.info().mediaName());
    Files.createDirectories(file.resolve("in the way"));
    assertThat(isRefused(token)).isTrue();
    assertThatThrownBy(() -> uploads.remove(stuck)).isInstanceOf(IOException.class);
    assertThat(uploads.find(stuck.info().id())).isEmpty();
    assertThat(isRefused(token)).isFalse();
  }

  @Test
  void bringsBackAfterARestartWhatIsUnfinishedWithTheUseItHeld() throws Exception {
    ResumableUploads before = uploadsOfADay();
    UploadToken token = token(1);
    UploadToken revoked = token(1);
    String part = begun(before, token, true);
    String whole = begun(before, token, false);
    String dropped = begun(before, revoked, false);
    tokens.revoke(revoked.id(), null);
    tokens = TestedRegistry.on(on, database, clock);
    ResumableUploads after = uploadsOfADay();
    after.restore();
    assertThat(after.find(part).map(ResumableUpload::offset)).contains(20L);
    // Only a PostgreSQL has whose use it was, as other nodes may still be receiving it.
    boolean isBound = on == TestedDatabase.POSTGRES;
    assertThat(after.find(dropped).isPresent()).isEqualTo(isBound);
    ResumableUpload restored = after.find(whole).orElseThrow();
    assertThat(restored.offset()).isEqualTo(20);
    assertThat(isRefused(token)).isTrue();
    assertThat(after.remove(restored)).isTrue();
    assertThat(isRefused(token)).as("a part holds no use").isFalse();
    assertThat(files())
        .as("the part; that of a revoked token is deleted")
        .isEqualTo(isBound ? 2 : 1);
  }

  /** Begins an upload with its first 20 bytes. */
  private static String begun(ResumableUploads uploads, UploadToken token, boolean partial)
      throws Exception {
    ResumableUpload upload =
        partial
            ? uploads.createPart(new Creation(token.id(), 100, "a.png", "", null, false), "a")
            : created(uploads, token, 100, "a.png");
    try (PieceWriter piece = upload.append(0, 20, true)) {
      piece.write(ByteBuffer.allocate(20));
      piece.end();
    }
    return upload.info().id();
  }

  private static ResumableUpload created(
      ResumableUploads uploads, UploadToken token, long size, String filename) throws Exception {
    return uploads
        .create(new Creation(token.id(), size, filename, "", null, false), new Sender("a", ""))
        .upload();
  }

  private ResumableUploads uploadsOfADay() {
    return new ResumableUploads(
        new UploadTable(database, clock),
        tokens,
        spool,
        completion,
        new FileRules(1000, List.of("image/*")),
        new ResumableUploads.ResumableLimits(
            Duration.ofDays(1), Duration.ofDays(1), 10_000, 10_000, 0),
        IncomingRoomTest.large(),
        clock);
  }

  private boolean isRefused(UploadToken token) {
    try (TokenUse use = tokens.reserve(token.id())) {
      return use == null;
    } catch (TokenRefusedException e) {
      return true;
    }
  }
}
