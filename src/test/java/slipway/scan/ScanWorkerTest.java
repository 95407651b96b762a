package slipway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.Details;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.AnyContainer;
import slipway.harness.Await;
import slipway.harness.LogLines;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.MediaKey;
import slipway.media.Spool;
import slipway.node.Claims;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.SamplePhoto;
import slipway.photo.ScanQueue;
import slipway.photo.ScanState;
import slipway.secret.SecretBox;

@OnEachDatabase(isLong = true)
class ScanWorkerTest {
  @Parameter TestedDatabase on;

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** More than are looked for at a time. */
  private static final int MANY = AnyContainer.ALL ? 1100 : 520;

  @TempDir Path folder;
  private Database database;
  private Photos photos;
  private ScanQueue queue;
  private RenditionQueue renditions;
  private Outgoing outgoing;
  private Events events;
  private Verdicts verdicts;
  private Spool spool;
  private FileMediaStore media;
  private final Scripted scanner = new Scripted();

  /** Says of each file what it was told to, by the file's first letter; else that it is clean. */
  private static final class Scripted implements VirusScanner {
    private final Map<Character, ScanVerdict> said = new ConcurrentHashMap<>();

    /** What happens meanwhile, at one scan after the other. */
    private final Queue<Callable<?>> events = new ConcurrentLinkedQueue<>();

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isAway;
    private volatile boolean isHung;
    private volatile boolean isUnsure;

    @Override
    public ScanVerdict scan(Path file, long size) throws IOException {
      asked.incrementAndGet();
      if (isAway) {
        throw new ScannerAwayException("away", null);
      }
      happen(events.poll());
      char first = (char) Files.readAllBytes(file)[0];
      return said.getOrDefault(first, ScanVerdict.CLEAN);
    }

    private static void happen(Callable<?> event) throws IOException {
      try {
        if (event != null) {
          event.call();
        }
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean probe() throws ScannerAwayException {
      if (isHung || (isAway && !isUnsure)) {
        throw new ScannerAwayException("away", null);
      }
      return !isUnsure;
    }
  }

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    Clock clock = Clock.systemUTC();
    queue = new ScanQueue(database, clock, true);
    photos = new Photos(database, clock, queue);
    renditions = new RenditionQueue(database);
    outgoing =
        new Outgoing(
            database,
            clock,
            new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock),
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    events = new Events(database, clock, outgoing, List::of);
    verdicts = new Verdicts(database, photos, queue, renditions, new PhotoEvents(events));
    spool = new Spool(folder.resolve("media"));
    media = new FileMediaStore(spool);
  }

  @AfterEach
  void close() throws Exception {
    outgoing.close();
    database.close();
  }

  private PhotoFile file(String content) throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      MediaKey key = media.keep(incoming);
      return new PhotoFile(key.treeId(), key.name(), "a", "image/png", content.length());
    }
  }

  private Photo add(String content) throws IOException {
    NewPhoto photo = SamplePhoto.of(file(content), Details.NONE, null);
    return database.write(tx -> photos.add(tx, photo));
  }

  private Photo now(Photo photo) {
    return photos.find(photo.photoId()).orElseThrow();
  }

  private ScanState state(Photo photo) {
    return now(photo).scan().state();
  }

  private ScanWorker worker(ScanFailure failure, long maxBytes, Duration patience) {
    return new ScanWorker(
        scanner,
        new ScanRules(failure, maxBytes, 2, patience),
        verdicts,
        media,
        Claims.ALONE,
        PAUSE);
  }

  private ScanWorker closed() {
    return worker(ScanFailure.CLOSED, 1000, Duration.ZERO);
  }

  private void awaitState(Photo photo, ScanState state) {
    Await.until("the state " + state, () -> state(photo) == state);
  }

  private List<String> told(Photo photo) {
    return events.list(new Events.Filter(null, null, photo.photoId(), null), 0, 9).events().stream()
        .map(event -> event.type().id())
        .toList();
  }

  @Test
  void letsCleanPhotosGoAndHoldsInfectedOnes() throws Exception {
    scanner.said.put('v', ScanVerdict.infected("Virus"));
    Photo clean = add("clean");
    Photo infected = add("virus");
    assertThat(clean.published()).isFalse();
    assertThat(clean.isHeld()).isTrue();
    assertThat(renditions.first(9)).isEmpty();
    try (ScanWorker worker = closed()) {
      awaitState(clean, ScanState.CLEAN);
      awaitState(infected, ScanState.INFECTED);
      assertThat(worker.isGood()).isTrue();
    }
    assertThat(now(clean).published()).isTrue();
    assertThat(now(clean).isHeld()).isFalse();
    assertThat(now(infected).published()).isFalse();
    assertThat(now(infected).isHeld()).isTrue();
    assertThat(renditions.first(9))
        .extracting(RenditionQueue.Job::photoId)
        .containsExactly(clean.photoId());
    assertThat(renditions.status(infected.photoId()).orElseThrow().reason()).contains("Virus");
    assertThat(told(clean)).containsExactly("photo.updated");
    assertThat(told(infected)).containsExactly("photo.infected");
    assertThat(queue.countHeld()).isZero();
  }

  @Test
  void holdsAPhotoAsLongAsThereIsNoVerdictAndTakesALaterOne() throws Exception {
    scanner.said.put('a', ScanVerdict.unknown("It is ill."));
    Photo photo = add("a");
    try (ScanWorker worker = closed()) {
      Await.until("some attempts", () -> scanner.asked.get() >= 4);
      assertThat(now(photo).isHeld()).isTrue();
      assertThat(now(photo).scan().reason()).isEqualTo("It is ill.");
      assertThat(worker.isGood()).isFalse();
      scanner.said.clear();
      awaitState(photo, ScanState.CLEAN);
      assertThat(worker.isGood()).isTrue();
    }
    assertThat(now(photo).published()).isTrue();
  }

  @Test
  void opensForAPhotoWithoutAVerdictAndClosesForOneThatIsFoundInfectedLater() throws Exception {
    scanner.said.put('a', ScanVerdict.unknown("It is ill."));
    Photo photo = add("a");
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, Duration.ofDays(1))) {
      assertThat(worker.isWell()).isTrue();
      Await.until("the photo to be let go", () -> now(photo).published());
      assertThat(state(photo)).isEqualTo(ScanState.UNKNOWN);
      assertThat(scanner.asked.get()).isGreaterThanOrEqualTo(3);
      scanner.said.put('a', ScanVerdict.infected("Virus"));
      awaitState(photo, ScanState.INFECTED);
    }
    assertThat(now(photo).published()).isFalse();
    assertThat(told(photo)).containsExactly("photo.infected", "photo.updated");
  }

  @Test
  void givesTheScannerNoFileThatIsTooLarge() throws Exception {
    Photo large = add("x".repeat(1001));
    Photo small = add("x".repeat(1000));
    try (ScanWorker worker = closed()) {
      awaitState(small, ScanState.CLEAN);
      awaitState(large, ScanState.UNKNOWN);
      assertThat(worker.isGood()).isTrue();
    }
    assertThat(now(large).isHeld()).isTrue();
    assertThat(now(large).scan().reason()).contains("larger");
    assertThat(scanner.asked.get()).isEqualTo(1);
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, Duration.ofDays(1))) {
      assertThat(worker.isWell()).isTrue();
      Await.until("the photo to be let go", () -> now(large).published());
    }
    assertThat(state(large)).isEqualTo(ScanState.UNKNOWN);
  }

  @Test
  void waitsForAScannerThatIsAwayWithAllPhotos() throws Exception {
    scanner.isAway = true;
    Photo one = add("a");
    Photo other = add("b");
    try (ScanWorker worker = closed()) {
      Await.until("an attempt", () -> scanner.asked.get() > 0);
      Await.until("the failure to be told", () -> !worker.isGood());
      assertThat(state(one)).isEqualTo(ScanState.PENDING);
    }
    // That one attempt of each thread was enough to know.
    assertThat(scanner.asked.get()).isLessThanOrEqualTo(2);
    scanner.isAway = false;
    try (ScanWorker worker = closed()) {
      awaitState(one, ScanState.CLEAN);
      awaitState(other, ScanState.CLEAN);
      assertThat(worker.isGood()).isTrue();
    }
  }

  @Test
  void opensForAllPhotosWhereTheScannerIsAwayForTooLong() throws Exception {
    scanner.isAway = true;
    Photo one = add("a");
    Photo other = add("b");
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, Duration.ZERO)) {
      assertThat(worker.isWell()).isTrue();
      Await.until("one to be let go", () -> now(one).published());
      Await.until("the other to be let go", () -> now(other).published());
      assertThat(state(one)).isEqualTo(ScanState.UNKNOWN);
      scanner.isAway = false;
      // They were published, and get their verdict all the same.
      awaitState(one, ScanState.CLEAN);
      awaitState(other, ScanState.CLEAN);
    }
  }

  @Test
  void holdsAPhotoAgainThatGetsAnotherFile() throws Exception {
    scanner.said.put('v', ScanVerdict.infected("Virus"));
    Photo photo = add("clean");
    try (ScanWorker worker = closed()) {
      awaitState(photo, ScanState.CLEAN);
      PhotoFile virus = file("virus");
      database.write(tx -> photos.replaceFile(tx, photo.photoId(), virus));
      assertThat(now(photo).published()).isFalse();
      awaitState(photo, ScanState.INFECTED);
      PhotoFile again = file("clean");
      database.write(tx -> photos.replaceFile(tx, photo.photoId(), again));
      awaitState(photo, ScanState.CLEAN);
      assertThat(worker.isWell()).isTrue();
    }
    assertThat(now(photo).published()).isTrue();
    assertThat(renditions.isWaiting(photo.photoId())).isTrue();
  }

  @Test
  void countsNoVerdictOnAFileThatThePhotoHasNoMore() throws Exception {
    Photo photo = add("clean");
    ScanQueue.ScanJob job = queue.first(1).get(0);
    PhotoFile other = file("other");
    database.write(tx -> photos.replaceFile(tx, photo.photoId(), other));
    verdicts.clean(job);
    assertThat(state(photo)).isEqualTo(ScanState.PENDING);
    assertThat(now(photo).published()).isFalse();
  }

  private void delete(Photo photo) {
    database.write(tx -> photos.delete(tx, photo.photoId()));
  }

  private Object deleteFile(Photo photo) throws IOException {
    media.delete(new MediaKey(photo.treeId(), photo.mediaKey()));
    return photo;
  }

  @Test
  void countsNoPhotoAsWaitingThatIsDeletedOrReplacedMeanwhile() throws Exception {
    scanner.said.put('u', ScanVerdict.unknown("It cannot be opened."));
    Photo deleted = add("clean");
    Photo unknown = add("unknown");
    Photo replaced = add("clean");
    Photo failing = add("clean");
    PhotoFile other = file("other");
    scanner.events.add(
        () -> {
          delete(deleted);
          return deleteFile(deleted);
        });
    scanner.events.add(Executors.callable(() -> delete(unknown)));
    scanner.events.add(
        () -> {
          database.write(tx -> photos.replaceFile(tx, replaced.photoId(), other));
          return deleteFile(replaced);
        });
    scanner.events.add(() -> "nothing, to the other file");
    scanner.events.add(
        () -> {
          throw new IOException("as a test has it");
        });
    String meanwhile = " was deleted or changed meanwhile";
    String failed = "WARN The file of photo " + failing.photoId() + " could not be scanned";
    ScanRules rules = new ScanRules(ScanFailure.CLOSED, 1000, 1, Duration.ZERO);
    try (LogLines log = new LogLines(ScanWorker.class);
        LogLines ofVerdicts = new LogLines(Verdicts.class);
        ScanWorker worker =
            new ScanWorker(scanner, rules, verdicts, media, Claims.ALONE, Duration.ofHours(1))) {
      log.await(failed + "; will try again");
      assertThat(log.all())
          .containsExactly(
              "DEBUG Photo " + deleted.photoId() + meanwhile,
              "DEBUG Photo " + unknown.photoId() + meanwhile,
              "DEBUG Photo " + replaced.photoId() + meanwhile,
              failed + "; will try again");
      assertThat(ofVerdicts.all()).isEmpty();
      assertThat(state(replaced)).isEqualTo(ScanState.CLEAN);
      assertThat(worker.isGood()).isTrue();
      assertThat(worker.setBack()).isEqualTo(1);
      delete(failing);
      awaitState(add("clean"), ScanState.CLEAN);
      Await.until("it to be forgotten", () -> worker.setBack() == 0);
    }
  }

  @Test
  void leavesPhotosOfBeforeAsTheyAre() throws Exception {
    Photos before = new Photos(database, Clock.systemUTC());
    NewPhoto old = SamplePhoto.of(file("virus"), Details.NONE, null);
    Photo photo = database.write(tx -> before.add(tx, old));
    assertThat(photo.published()).isTrue();
    assertThat(photo.scan().state()).isEqualTo(ScanState.NONE);
    assertThat(queue.first(9)).isEmpty();
    // An administrator may have it scanned; it is shown meanwhile.
    scanner.said.put('v', ScanVerdict.infected("Virus"));
    assertThat(verdicts.askAgain(photo)).isTrue();
    assertThat(now(photo).published()).isTrue();
    try (ScanWorker worker = closed()) {
      awaitState(photo, ScanState.INFECTED);
      assertThat(worker.isWell()).isTrue();
    }
    assertThat(now(photo).published()).isFalse();
    assertThat(verdicts.accept(now(photo))).isTrue();
    assertThat(now(photo).published()).isTrue();
    assertThat(state(photo)).isEqualTo(ScanState.ACCEPTED);
  }

  @Test
  void countsNoVerdictOnAPhotoThatAnAdministratorLetGoMeanwhile() throws Exception {
    Photo photo = add("virus");
    ScanQueue.ScanJob job = queue.first(1).get(0);
    assertThat(verdicts.accept(now(photo))).isTrue();
    verdicts.unknown(job, "It is ill.");
    assertThat(state(photo)).isEqualTo(ScanState.ACCEPTED);
    verdicts.infected(job, "Virus");
    assertThat(state(photo)).isEqualTo(ScanState.ACCEPTED);
    assertThat(now(photo).published()).isTrue();
    assertThat(told(photo)).containsExactly("photo.updated");
  }

  @Test
  void letsNoPhotoGoThatWasFoundInfectedMeanwhile() throws Exception {
    Photo photo = add("virus");
    ScanQueue.ScanJob job = queue.held(1).get(0);
    verdicts.infected(job, "Virus");
    verdicts.letGo(job, "It is away.");
    assertThat(state(photo)).isEqualTo(ScanState.INFECTED);
    assertThat(now(photo).isHeld()).isTrue();
  }

  @Test
  void holdsNoPhotoAgainThatWasLetGoMeanwhile() throws Exception {
    Photo photo = add("a");
    ScanQueue.ScanJob job = queue.first(1).get(0);
    verdicts.letGo(job, "It is away.");
    verdicts.unknown(job, "It is ill.");
    assertThat(now(photo).published()).isTrue();
  }

  @Test
  void opensForNoPhotoInWhoseFileItFoundSomethingBefore() throws Exception {
    scanner.said.put('v', ScanVerdict.infected("Virus"));
    Photo photo = add("virus");
    try (ScanWorker worker = closed()) {
      awaitState(photo, ScanState.INFECTED);
      assertThat(worker.isWell()).isTrue();
    }
    scanner.said.put('v', ScanVerdict.unknown("It is ill."));
    verdicts.askAgain(now(photo));
    int asked = scanner.asked.get();
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, Duration.ZERO)) {
      Await.until("some attempts", () -> scanner.asked.get() >= asked + 5);
      assertThat(now(photo).isHeld()).isTrue();
      scanner.isAway = true;
      Await.until("the failure to be told", () -> !worker.isGood());
      Photo other = add("a");
      Await.until("the other to be let go", () -> now(other).published());
      assertThat(now(photo).isHeld()).isTrue();
      assertThat(now(photo).scan().reason()).contains("Virus");
      verdicts.askAgain(now(photo));
      assertThat(now(photo).scan().reason()).contains("Virus");
      scanner.said.clear();
      scanner.isAway = false;
      awaitState(photo, ScanState.CLEAN);
    }
    assertThat(now(photo).published()).isTrue();
    assertThat(renditions.isWaiting(photo.photoId())).isTrue();
  }

  @Test
  void comesToTheLastPhotoHoweverManyCannotBeScannedNow() throws Exception {
    database.write(
        tx -> {
          for (int i = 0; i < MANY; i++) {
            photos.add(
                tx,
                SamplePhoto.of(
                    new PhotoFile(1, "gone" + i, "a", "image/png", 1), Details.NONE, null));
          }
          return null;
        });
    Photo last = add("a");
    try (ScanWorker worker =
        new ScanWorker(
            scanner,
            new ScanRules(ScanFailure.CLOSED, 1000, 2, Duration.ZERO),
            verdicts,
            media,
            Claims.ALONE,
            Duration.ofMinutes(5))) {
      awaitState(last, ScanState.CLEAN);
      Photo next = add("b");
      awaitState(next, ScanState.CLEAN);
      assertThat(worker.isWell()).isTrue();
    }
  }

  @Test
  void takesAScannerThatHangsForOneThatIsAway() throws Exception {
    scanner.said.put('a', ScanVerdict.tooLong(1));
    scanner.isHung = true;
    List<Photo> waiting = List.of(add("a"), add("a"), add("a"), add("a"), add("a"), add("a"));
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, Duration.ofMillis(1500))) {
      for (Photo photo : waiting) {
        Await.until("the photo to be let go", () -> now(photo).published());
      }
      // Not every file had to find out the same.
      assertThat(scanner.asked.get()).isLessThanOrEqualTo(2);
      assertThat(worker.isGood()).isFalse();
      scanner.said.clear();
      scanner.isHung = false;
      for (Photo photo : waiting) {
        awaitState(photo, ScanState.CLEAN);
      }
    }
  }

  @Test
  void waitsNoLongerForAProgramThatLooksWellButCannotBeRun() throws Exception {
    scanner.isAway = true;
    scanner.isUnsure = true;
    Photo photo = add("a");
    try (ScanWorker worker = worker(ScanFailure.OPEN, 1000, PAUSE.multipliedBy(10))) {
      Await.until("the photo to be let go", () -> now(photo).published());
      assertThat(worker.isGood()).isFalse();
    }
  }
}
