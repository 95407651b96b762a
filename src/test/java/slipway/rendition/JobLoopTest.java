package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.Details;
import slipway.editing.GoneFiles;
import slipway.harness.Await;
import slipway.harness.LogLines;
import slipway.harness.OnEachDatabase;
import slipway.harness.SampleMedia;
import slipway.harness.TestedDatabase;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.Spool;
import slipway.media.program.WorkFolder;
import slipway.media.video.ConversionLimits;
import slipway.media.video.VideoCopies;
import slipway.media.video.VideoTools;
import slipway.node.Claims;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionVersion;
import slipway.photo.SamplePhoto;
import slipway.photo.VideoQueue;
import slipway.photo.VideoState;
import slipway.photo.WebVideo;

/** Videos are examined and converted in the background, and no work is lost or left over. */
@OnEachDatabase(isLong = true)
class JobLoopTest {
  @Parameter TestedDatabase on;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final ConversionLimits LIMITS = new ConversionLimits(1, 1080, 1, 600, 10);

  @TempDir Path folder;
  private final AtomicLong room = new AtomicLong(1L << 40);
  private Database database;
  private Photos photos;
  private final AtomicLong changes = new AtomicLong();
  private VideoQueue queue;
  private Spool spool;
  private FileMediaStore media;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, Clock.systemUTC());
    queue = new VideoQueue(database);
    spool = new Spool(folder.resolve("media"));
    media = new FileMediaStore(spool);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private MediaKey keep(byte[] file) throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(file));
      return media.keep(incoming);
    }
  }

  private Photo add(byte[] file, String type) throws IOException {
    MediaKey key = keep(file);
    PhotoFile kept = new PhotoFile(key.treeId(), key.name(), "a", type, file.length);
    NewPhoto photo = SamplePhoto.of(kept, Details.NONE, null);
    return database.write(tx -> photos.add(tx, photo));
  }

  private Photo addHevc() throws IOException {
    return add(Files.readAllBytes(SampleMedia.hevc()), "video/quicktime");
  }

  /** As it is once it was looked at. */
  private Photo addQueued() throws IOException {
    Photo hevc = addHevc();
    Job look = queue.after(VideoState.WAITING, null, 1).get(0);
    queue.end(look, VideoState.QUEUED, "HEVC, QuickTime");
    return hevc;
  }

  private WebVideo found(Photo video) {
    return queue.find(video.photoId()).orElseThrow();
  }

  private JobLoop looks() {
    return new JobLoop(new VideoLooks(queue, media, copies("ffmpeg")), Claims.ALONE, 1, PAUSE)
        .start();
  }

  private VideoCopies copies(String ffmpeg) {
    VideoTools tools = new VideoTools(ffmpeg, "ffprobe", 60, 2048);
    return new VideoCopies(tools, LIMITS, new WorkFolder(folder.resolve("work")), 10_000_000);
  }

  private JobLoop conversions(String ffmpeg) {
    ConversionProgress progress = new ConversionProgress(room::get);
    VideoConversions each =
        new VideoConversions(
            database,
            media,
            photos,
            queue,
            (tx, video) -> changes.incrementAndGet(),
            copies(ffmpeg),
            progress);
    return new JobLoop(each, Claims.ALONE, 1, PAUSE).start();
  }

  private void look(Photo video) {
    try (JobLoop looks = looks()) {
      Await.until("the look", () -> found(video).state() != VideoState.WAITING);
      assertThat(looks.isWell()).isTrue();
    }
  }

  private void await(Photo video, VideoState state) {
    Await.until("the copy", () -> found(video).state() == state);
  }

  private long folders() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("media"))) {
      return files.filter(file -> file.getFileName().toString().contains(".renditions")).count();
    }
  }

  private String program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("ffmpeg.sh"), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
  }

  @Test
  void convertsOnlyWhatNotEveryBrowserPlaysAndLeavesNothingOfADeletedVideo() throws Exception {
    Photo plays = add(Files.readAllBytes(SampleMedia.mp4()), "video/mp4");
    Photo picture = add(SampleMedia.png(3, 3), "image/png");
    Photo broken = add(new byte[100], "video/mp4");
    Photo hevc = addHevc();
    for (Photo video : List.of(plays, broken, hevc)) {
      look(video);
    }
    assertThat(found(plays).state()).isEqualTo(VideoState.PLAYS);
    assertThat(found(picture).state()).isEqualTo(VideoState.NONE);
    assertThat(found(broken).state()).isEqualTo(VideoState.FAILED);
    assertThat(found(broken).reason()).isNotEmpty();
    assertThat(found(hevc))
        .isEqualTo(new WebVideo(VideoState.QUEUED, "HEVC, QuickTime", null, null, null));
    try (JobLoop conversions = conversions("ffmpeg")) {
      await(hevc, VideoState.DONE);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(found(hevc).width()).isEqualTo(320);
    Photo now = photos.find(hevc.photoId()).orElseThrow();
    try (var copy = media.openRendition(key(now), now.videoVersion(), WebVideo.FILE).get()) {
      assertThat(copy.size()).isEqualTo(found(hevc).bytes());
    }
    assertThat(changes).hasValue(1);
    delete(hevc);
    assertThat(folders()).isZero();
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  private void delete(Photo video) {
    Photo now = database.write(tx -> photos.delete(tx, video.photoId())).orElseThrow();
    new GoneFiles(database, media).delete(now);
  }

  private static MediaKey key(Photo video) {
    return new MediaKey(video.treeId(), video.mediaKey());
  }

  @Test
  void doesNotTouchAFileThatIsHeld() throws Exception {
    Photo hevc = addHevc();
    hold(hevc, true);
    look(add(new byte[100], "video/mp4"));
    assertThat(found(hevc).state()).isEqualTo(VideoState.WAITING);
    hold(hevc, false);
    look(hevc);
    Job job = queue.after(VideoState.QUEUED, null, 1).get(0);
    assertThat(queue.isQueued(job)).isTrue();
    hold(hevc, true);
    assertThat(queue.isQueued(job)).isFalse();
    assertThat(queue.after(VideoState.QUEUED, null, 1)).isEmpty();
  }

  private void hold(Photo photo, boolean isHeld) {
    String sql = "update photo set held = ? where photo_id = ?";
    database.write(tx -> tx.execute(sql, isHeld, photo.photoId()));
  }

  @Tag("faults")
  @Test
  void convertsAReplacedFileAnew() throws Exception {
    Photo hevc = addQueued();
    try (JobLoop conversions = conversions("ffmpeg")) {
      await(hevc, VideoState.DONE);
      assertThat(conversions.isWell()).isTrue();
    }
    Photo first = photos.find(hevc.photoId()).orElseThrow();
    MediaKey next = keep(Files.readAllBytes(SampleMedia.hevc()));
    PhotoFile file = new PhotoFile(next.treeId(), next.name(), "b", "video/quicktime", 10);
    database.write(tx -> photos.replaceFile(tx, hevc.photoId(), file));
    new GoneFiles(database, media).delete(first);
    assertThat(folders()).isZero();
    assertThat(found(hevc)).isEqualTo(new WebVideo(VideoState.WAITING, "", null, null, null));
    look(hevc);
    try (JobLoop conversions = conversions("ffmpeg")) {
      await(hevc, VideoState.DONE);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(photos.find(hevc.photoId()).orElseThrow().videoVersion())
        .isNotEqualTo(first.videoVersion())
        .isNotEqualTo(RenditionVersion.NONE);
    assertThat(folders()).isEqualTo(1);
  }

  @Test
  void endsTheConversionOfAVideoThatIsDeletedOrOfAServiceThatEnds() throws Exception {
    Path running = folder.resolve("running");
    String slow = program("echo $$ > " + running + "\nexec sleep 60");
    Photo hevc = addQueued();
    try (JobLoop conversions = conversions(slow)) {
      Await.until("ffmpeg", () -> running.toFile().length() > 0);
      assertThat(conversions.isWell()).isTrue();
      assertThat(queue.after(VideoState.QUEUED, null, 1).get(0).attempts()).isEqualTo(1);
    }
    awaitEnd(running);
    assertThat(queue.after(VideoState.QUEUED, null, 1).get(0).attempts()).isZero();
    Files.delete(running);
    try (JobLoop conversions = conversions(slow)) {
      Await.until("ffmpeg", () -> running.toFile().length() > 0);
      delete(hevc);
      awaitEnd(running);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  private static void awaitEnd(Path running) throws IOException {
    long pid = Long.parseLong(Files.readString(running).strip());
    Await.until("its end", () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** One thing happens each time a file is about to be opened. */
  private JobLoop looks(Queue<Callable<?>> events) {
    MediaStore store =
        (MediaStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MediaStore.class},
                (proxy, method, args) -> {
                  events.remove().call();
                  return method.invoke(media, args);
                });
    VideoLooks each = new VideoLooks(queue, store, copies("ffmpeg"));
    return new JobLoop(each, Claims.ALONE, 1, Duration.ofHours(1)).start();
  }

  private PhotoFile replace(Photo video) throws IOException {
    MediaKey next = keep(new byte[100]);
    PhotoFile file = new PhotoFile(next.treeId(), next.name(), "b", "video/mp4", 100);
    database.write(tx -> photos.replaceFile(tx, video.photoId(), file));
    media.delete(key(video));
    return file;
  }

  @Test
  void countsNoVideoAsWaitingThatIsDeletedOrReplacedMeanwhile() throws Exception {
    Photo deleted = add(new byte[100], "video/mp4");
    Photo refused = add(new byte[100], "video/mp4");
    Photo replaced = add(new byte[100], "video/mp4");
    Queue<Callable<?>> events = new ConcurrentLinkedQueue<>();
    events.add(Executors.callable(() -> delete(deleted)));
    events.add(() -> database.write(tx -> photos.delete(tx, refused.photoId())));
    events.add(() -> replace(replaced));
    events.add(
        () -> {
          throw new IOException("as a test has it");
        });
    String meanwhile = " was deleted or changed meanwhile";
    String failed = "WARN Could not look at the video of photo " + replaced.photoId();
    try (LogLines log = new LogLines(JobLoop.class);
        JobLoop looks = looks(events)) {
      log.await(failed + "; will try again");
      assertThat(log.all())
          .containsExactly(
              "DEBUG Photo " + deleted.photoId() + meanwhile,
              "DEBUG Photo " + refused.photoId() + meanwhile,
              "DEBUG Photo " + replaced.photoId() + meanwhile,
              failed + "; will try again");
      assertThat(looks.setBack()).isEqualTo(1);
      delete(photos.find(replaced.photoId()).orElseThrow());
      Await.until("it to be forgotten", () -> looks.setBack() == 0);
    }
  }

  @Tag("faults")
  @Test
  void triesAgainWhatIsNoFaultOfTheFile() throws Exception {
    Path killed = folder.resolve("killed");
    String dying = program("printf x >> " + killed + "\nkill -KILL $$");
    Photo hevc = addQueued();
    try (JobLoop conversions = conversions(dying)) {
      Await.until("three attempts", () -> killed.toFile().length() >= 3);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(found(hevc).state()).isEqualTo(VideoState.QUEUED);
    assertThat(queue.after(VideoState.QUEUED, null, 1).get(0).attempts()).isZero();
  }

  @Test
  void waitsForRoomForTheCopy() throws Exception {
    Photo hevc = addQueued();
    room.set(0);
    String copying = program("for last; do :; done; cp " + SampleMedia.mp4() + " ${last#file:}");
    try (JobLoop conversions = conversions(copying)) {
      Thread.sleep(300);
      assertThat(found(hevc).state()).isEqualTo(VideoState.QUEUED);
      assertThat(queue.after(VideoState.QUEUED, null, 1).get(0).attempts()).isZero();
      room.set(1L << 40);
      await(hevc, VideoState.DONE);
      assertThat(conversions.isWell()).isTrue();
    }
  }

  @Test
  void givesAVideoUpThatEndedTheServerAgainAndAgain() throws Exception {
    Photo poison = addQueued();
    for (int start = 0; start < 5; start++) {
      Job job = queue.after(VideoState.QUEUED, null, 1).get(0);
      queue.begin(job);
    }
    try (JobLoop conversions = conversions(program("kill -SEGV $$"))) {
      await(poison, VideoState.FAILED);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(found(poison).reason()).contains("No attempt");
  }

  @Tag("faults")
  @Test
  void givesAVideoUpThatEndsTheProgramAgainAndAgain() throws Exception {
    Photo crashing = addQueued();
    try (JobLoop conversions = conversions(program("kill -SEGV $$"))) {
      await(crashing, VideoState.FAILED);
      assertThat(conversions.isWell()).isTrue();
    }
    assertThat(found(crashing).reason()).contains("ended the program");
  }
}
