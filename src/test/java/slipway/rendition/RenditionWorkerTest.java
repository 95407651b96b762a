package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Database;
import slipway.details.Details;
import slipway.harness.Await;
import slipway.harness.OnEachDatabase;
import slipway.harness.SampleMedia;
import slipway.harness.TestedDatabase;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.LocalFile;
import slipway.media.ManyScans;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.Samples;
import slipway.media.Spool;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.pictures.HeicSample;
import slipway.media.video.VideoTools;
import slipway.node.Claims;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionState;
import slipway.photo.SamplePhoto;

@OnEachDatabase(isLong = true)
class RenditionWorkerTest {
  @Parameter TestedDatabase on;

  private static final Duration PAUSE = Duration.ofMillis(50);

  @TempDir static Path work;

  /** Of all tests, as it has a process of its own. */
  private static Previews previews;

  @TempDir Path folder;
  private Database database;
  private Photos photos;
  private RenditionQueue queue;
  private Spool spool;
  private FileMediaStore media;
  private final AtomicBoolean presence = new AtomicBoolean(true);
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  @BeforeAll
  static void openPreviews() throws IOException {
    VideoTools tools = new VideoTools("ffmpeg", "ffprobe", 60, 2048);
    previews = previews(work, Duration.ofSeconds(20), "/nowhere/heif-dec", tools);
  }

  @AfterAll
  static void closePreviews() {
    previews.close();
  }

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, Clock.systemUTC());
    queue = new RenditionQueue(database);
    spool = new Spool(folder.resolve("media"));
    media = new FileMediaStore(spool);
  }

  private Previews previews(Duration most, String ffmpeg, String ffprobe) throws IOException {
    return previews(most, "/nowhere/heif-dec", new VideoTools(ffmpeg, ffprobe, 60, 2048));
  }

  private Previews previews(Duration most, String heif, VideoTools videos) throws IOException {
    return previews(folder.resolve("work"), most, heif, videos);
  }

  private static Previews previews(Path work, Duration most, String heif, VideoTools videos)
      throws IOException {
    return new Previews(
        work, new DecoderLimits(512, most, 40_000_000), new HeifTool(heif, 60, 2048), videos);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Photo add(byte[] file, String type) throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(file));
      MediaKey key = media.keep(incoming);
      NewPhoto photo =
          SamplePhoto.of(
              new PhotoFile(key.treeId(), key.name(), "a", type, file.length), Details.NONE, null);
      return database.write(tx -> photos.add(tx, photo));
    }
  }

  private RenditionQueue.Status work(Photo photo) throws InterruptedException {
    return work(photo, previews);
  }

  private RenditionQueue.Status work(Photo photo, Previews with) throws InterruptedException {
    try (RenditionWorker worker =
        new RenditionWorker(queue, media, room::get, presence::get, with, Claims.ALONE, 2, PAUSE)) {
      assertThat(worker).isNotNull();
      for (int i = 0; i < 1200; i++) {
        if (status(photo).state() != RenditionState.WAITING) {
          break;
        }
        Thread.sleep(50);
      }
    }
    return status(photo);
  }

  /** Of a photo that is queued again once a worker has started. */
  private void assertDone(Photo photo, Previews with) {
    try (RenditionWorker worker =
        new RenditionWorker(queue, media, room::get, presence::get, with, Claims.ALONE, 2, PAUSE)) {
      Await.until(worker.loopName(), () -> status(photo).state() == RenditionState.DONE);
    }
  }

  private RenditionQueue.Status status(Photo photo) {
    return queue.status(photo.photoId()).orElseThrow();
  }

  @Test
  void tellsNothingOfAPhotoThatWasJustDeleted() throws Exception {
    Photo photo = add(SampleMedia.png(30, 10), "image/png");
    database.write(tx -> tx.execute("delete from photo where photo_id = ?", photo.photoId()));
    assertThat(queue.status(photo.photoId())).isEmpty();
  }

  @Test
  void notesTheDimensionsWithTheRenditions() throws Exception {
    Photo photo = add(SampleMedia.png(300, 100), "image/png");
    assertThat(work(photo).state()).isEqualTo(RenditionState.DONE);
    Photo done = photos.find(photo.photoId()).orElseThrow();
    assertThat(done.width()).isEqualTo(300);
    assertThat(done.height()).isEqualTo(100);
    assertThat(queue.first(9)).isEmpty();
  }

  /** Not even the first look is taken then, nor is what was made kept where that has no room. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 100})
  void leavesAloneTheRoomThatMustStayFree(long left) throws Exception {
    Photo photo = add(SampleMedia.png(300, 100), "image/png");
    room.set(left);
    AtomicInteger asked = new AtomicInteger();
    FreeRoom counted =
        () -> {
          asked.incrementAndGet();
          return room.get();
        };
    try (RenditionWorker worker =
        new RenditionWorker(
            queue, media, counted, presence::get, previews, Claims.ALONE, 1, PAUSE)) {
      Await.until(worker.loopName(), () -> asked.get() > 3);
      assertThat(status(photo).state()).isEqualTo(RenditionState.WAITING);
      try (Stream<Path> kept = Files.walk(folder.resolve("media"))) {
        assertThat(kept.filter(Files::isRegularFile).map(Path::toString))
            .noneMatch(name -> name.endsWith("large"));
      }
      room.set(Long.MAX_VALUE);
      Await.until(worker.loopName(), () -> status(photo).state() == RenditionState.DONE);
    }
  }

  @Tag("faults")
  @Test
  void leavesTheLastRoomAlone() throws Exception {
    leavesAloneTheRoomThatMustStayFree(0);
  }

  @Test
  void makesThePicturesOfPhotosBeforeThoseOfManyVideos() throws Exception {
    Photo first = add(SampleMedia.png(30, 10), "video/mp4");
    Photo second = add(SampleMedia.png(30, 10), "video/mp4");
    Photo photo = add(SampleMedia.png(30, 10), "image/png");
    assertThat(queue.first(9))
        .extracting(RenditionQueue.Job::photoId)
        .containsExactly(photo.photoId(), first.photoId(), second.photoId());
    RenditionQueue.Job last = queue.first(2).get(1);
    assertThat(queue.after(last, 9))
        .extracting(RenditionQueue.Job::photoId)
        .containsExactly(second.photoId());
    queue.begin(queue.first(1).get(0));
    assertThat(queue.first(1).get(0).photoId()).isEqualTo(first.photoId());
  }

  @Test
  void givesAFileUpThatEndedTheServerAgainAndAgain() throws Exception {
    Photo poison = add(SampleMedia.png(30, 10), "image/png");
    Photo well = add(SampleMedia.png(30, 10), "image/png");
    for (int start = 0; start < 5; start++) {
      queue.begin(
          queue.first(2).stream()
              .filter(job -> job.photoId() == poison.photoId())
              .findFirst()
              .orElseThrow());
    }
    assertThat(queue.first(1).get(0).photoId()).isEqualTo(well.photoId());
    assertThat(work(poison).state()).isEqualTo(RenditionState.FAILED);
    assertThat(status(poison).reason()).isNotEmpty();
    assertThat(work(well).state()).isEqualTo(RenditionState.DONE);
  }

  @Test
  void triesAgainWhenTheDiskCouldNotBeWritten() throws Exception {
    Photo photo = add(SampleMedia.png(30, 10), "image/png");
    Path incoming = folder.resolve("media/incoming");
    Files.delete(incoming);
    try (RenditionWorker worker =
        new RenditionWorker(queue, media, room::get, presence::get, previews, Claims.ALONE, 1)) {
      assertThat(worker).isNotNull();
      Thread.sleep(1500);
      assertThat(status(photo).state()).isEqualTo(RenditionState.WAITING);
    }
    Files.createDirectory(incoming);
    assertThat(work(photo).state()).isEqualTo(RenditionState.DONE);
  }

  @Test
  void saysThatAKindOfFileIsKeptAsItIs() throws Exception {
    Photo photo = add(new byte[100], "image/heic");
    assertThat(work(photo).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    assertThat(status(photo).reason()).contains("image/heic");
  }

  @Test
  void readsWhatAFileSaysThatIsKeptAsItIs() throws Exception {
    Photo photo = add(HeicSample.file(), "image/heic");
    assertThat(work(photo).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    Photo done = photos.find(photo.photoId()).orElseThrow();
    assertThat(done.width()).isEqualTo(3024);
    assertThat(done.height()).isEqualTo(4032);
    assertThat(done.takenAt()).isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
  }

  @Test
  void takesVideosUpAgainWhenFfmpegIsThere() throws Exception {
    Photo video = add(Files.readAllBytes(SampleMedia.mp4()), "video/mp4");
    Photo heic = add(new byte[100], "image/heic");
    Previews without = previews(Duration.ofSeconds(20), "/nowhere/ffmpeg", "/nowhere/ffprobe");
    assertThat(work(video, without).reason()).contains("ffmpeg");
    assertThat(work(video, without).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    assertThat(work(heic, without).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    assertDone(video, previews);
    assertThat(photos.find(video.photoId()).orElseThrow().facts().durationMillis()).isEqualTo(2000);
    assertThat(status(heic).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
  }

  @Tag("faults")
  @Test
  void takesHeicUpAgainWhenItsProgramIsThere() throws Exception {
    Files.write(folder.resolve("a.png"), SampleMedia.png(64, 48));
    byte[] file = Files.readAllBytes(Samples.heif(folder, "-q 50 a.png a.heic"));
    Photo heic = add(file, "image/heic");
    Photo raw = add(new byte[100], "image/x-raw-adobe");
    assertThat(work(heic).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    assertThat(work(raw).state()).isEqualTo(RenditionState.ORIGINAL_ONLY);
    VideoTools none = new VideoTools("/nowhere/ffmpeg", "/nowhere/ffprobe", 60, 2048);
    try (Previews with = previews(Duration.ofSeconds(20), HeifTool.usual(), none)) {
      assertDone(heic, with);
    }
    assertThat(status(raw).reason()).contains("image/x-raw-adobe");
  }

  @Test
  void isToldOfAPhotoOnceItIsCommitted() throws Exception {
    Duration now = Duration.ZERO;
    database.write(
        tx -> {
          queue.announce(tx);
          assertThat(queue.await(now)).isFalse();
          return null;
        });
    assertThat(queue.await(now)).isTrue();
    assertThat(queue.await(now)).isFalse();
  }

  @Tag("faults")
  @Test
  void passesADecodingOverThatDoesNotEndInTime() throws Exception {
    Photo poison = add(ManyScans.jpeg(5_600, 99), "image/jpeg");
    try (Previews brief = previews(Duration.ofSeconds(1), "ffmpeg", "ffprobe")) {
      assertThat(work(poison, brief).state()).isEqualTo(RenditionState.FAILED);
      assertThat(status(poison).reason()).contains("1 seconds");
      Photo well = add(SampleMedia.png(30, 10), "image/png");
      assertThat(work(well, brief).state()).isEqualTo(RenditionState.DONE);
    }
  }

  /** A folder opens as a file, but cannot be read, as a file of a disk that fails. */
  @Test
  void passesAPhotoOverWhoseFileCannotBeReadNow() throws Exception {
    Photo unreadable = add(SampleMedia.png(30, 10), "image/png");
    Photo well = add(SampleMedia.png(30, 10), "image/png");
    Path file;
    try (LocalFile kept =
        media.local(new MediaKey(unreadable.treeId(), unreadable.mediaKey())).get()) {
      file = kept.path();
    }
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(work(well).state()).isEqualTo(RenditionState.DONE);
    assertThat(status(unreadable).state()).isEqualTo(RenditionState.WAITING);
    assertThat(status(unreadable).reason()).isEmpty();
    assertThat(queue.first(1).get(0).attempts()).isZero();
    Files.delete(file);
    Files.write(file, content);
    assertThat(work(unreadable).state()).isEqualTo(RenditionState.DONE);
  }

  private Path file(Photo photo) {
    return folder.resolve("media").resolve(photo.treeId() + "/" + photo.mediaKey());
  }

  @Test
  void waitsAsLongAsTheMediaFolderIsAway() throws Exception {
    Photo photo = add(SampleMedia.png(30, 10), "image/png");
    Photo video = add(Files.readAllBytes(SampleMedia.mp4()), "video/mp4");
    Path away = Files.move(folder.resolve("media"), folder.resolve("away"));
    presence.set(false);
    try (RenditionWorker worker =
        new RenditionWorker(
            queue, media, room::get, presence::get, previews, Claims.ALONE, 2, PAUSE)) {
      Thread.sleep(500);
      assertThat(status(photo).state()).isEqualTo(RenditionState.WAITING);
      assertThat(status(video).state()).isEqualTo(RenditionState.WAITING);
      assertThat(worker.isWell()).isTrue();
      Files.move(away, folder.resolve("media"));
      presence.set(true);
      Await.until("the photo", () -> status(photo).state() == RenditionState.DONE);
      Await.until("the video", () -> status(video).state() == RenditionState.DONE);
    }
  }

  @Test
  void makesTheRenditionsOfAMissingFileOnceItIsBroughtBack() throws Exception {
    Photo photo = add(SampleMedia.png(30, 10), "image/png");
    MissingFiles missing = new MissingFiles(queue, media, presence::get, Duration.ZERO);
    missing.look(); // Also one that looked before, as on another node, comes to it.
    Path away = Files.move(file(photo), folder.resolve("away"));
    assertThat(work(photo).state()).isEqualTo(RenditionState.FAILED);
    assertThat(status(photo).reason()).isEqualTo("The file is missing.");
    missing.look();
    assertThat(status(photo).state()).isEqualTo(RenditionState.FAILED);
    Files.move(away, file(photo));
    missing.look();
    assertThat(status(photo).state()).isEqualTo(RenditionState.WAITING);
    assertThat(work(photo).state()).isEqualTo(RenditionState.DONE);
  }

  /** As Linux does where its memory is used up. */
  @Test
  void hasAPhotoWaitWhoseProgramsAreKilledFromOutside() throws Exception {
    Path killed = folder.resolve("killed");
    Path program = folder.resolve("ffprobe");
    Files.writeString(program, "#!/bin/sh\nprintf x >> " + killed + "\nkill -KILL $$\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Photo video = add(Files.readAllBytes(SampleMedia.mp4()), "video/mp4");
    Photo well = add(SampleMedia.png(30, 10), "image/png");
    try (Previews dying = previews(Duration.ofSeconds(20), "ffmpeg", program.toString());
        RenditionWorker worker =
            new RenditionWorker(
                queue,
                media,
                room::get,
                presence::get,
                dying,
                Claims.ALONE,
                1,
                Duration.ofMillis(5))) {
      Await.until("four attempts", () -> killed.toFile().length() >= 4);
      assertThat(worker.isWell()).isTrue();
      Await.until("the other", () -> status(well).state() == RenditionState.DONE);
    }
    assertThat(status(video).state()).isEqualTo(RenditionState.WAITING);
    assertThat(queue.first(1).get(0).attempts()).isZero();
    assertThat(work(video).state()).isEqualTo(RenditionState.DONE);
  }

  @Test
  void makesTheNextOnesAfterAnErrorAtOne() throws Exception {
    Photo poison = add(SampleMedia.png(30, 10), "image/png");
    AtomicBoolean hasThrown = new AtomicBoolean();
    MediaStore failing =
        (MediaStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MediaStore.class},
                (proxy, method, args) -> {
                  if (hasThrown.compareAndSet(false, true)) {
                    throw new AssertionError("as a test has it");
                  }
                  return method.invoke(media, args);
                });
    try (RenditionWorker worker =
        new RenditionWorker(
            queue, failing, room::get, presence::get, previews, Claims.ALONE, 1, PAUSE)) {
      while (!hasThrown.get()) {
        Thread.sleep(5);
      }
      Photo well = add(SampleMedia.png(30, 10), "image/png");
      for (Photo photo : List.of(well, poison)) {
        for (int i = 0; i < 1200; i++) {
          if (status(photo).state() == RenditionState.DONE) {
            break;
          }
          Thread.sleep(50);
        }
        assertThat(status(photo).state()).isEqualTo(RenditionState.DONE);
      }
      assertThat(worker.isWell()).isTrue();
    }
  }
}
