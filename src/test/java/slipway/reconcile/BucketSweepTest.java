package slipway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestBuckets;
import slipway.harness.TestedDatabase;
import slipway.media.MediaKey;
import slipway.media.s3.BucketAddress;
import slipway.media.s3.MediaBucket;
import slipway.stray.StrayObjects;
import slipway.upload.resumable.UploadTable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@OnEachDatabase(isLong = true)
class BucketSweepTest {
  private static final Duration GRACE = Duration.ofHours(10);

  /** Names of files that came then begin with 60000000. */
  private static final Instant THEN = Instant.ofEpochSecond(0x60000000L);

  @Parameter TestedDatabase on;

  @TempDir Path folder;

  private final BucketAddress bucket = TestBuckets.newBucket();
  private final MediaBucket place = new MediaBucket(bucket);
  private final S3Client client = TestBuckets.client();
  private Database database;
  private BucketSweep sweep;
  private Optional<Instant> now = Optional.of(THEN.plus(Duration.ofDays(2)));
  private int count;

  @BeforeEach
  void openDatabase() throws IOException {
    database = on.open(folder.resolve("a.db"));
    sweep =
        new BucketSweep(
            place.listing(),
            database,
            new UploadTable(database, Clock.systemUTC()),
            () -> now,
            GRACE,
            new BucketSweep.BucketSteps(2, 3, 2));
  }

  @AfterEach
  void close() {
    database.close();
    client.close();
    place.close();
  }

  private String put(String name) {
    client.putObject(
        to -> to.bucket(bucket.bucket()).key(bucket.prefix() + name), RequestBody.fromString("a"));
    return name;
  }

  private String original(Instant time) {
    return "%08x%024x".formatted(time.getEpochSecond(), ++count);
  }

  private String file(Instant time) {
    MediaKey key = MediaKey.of(original(time));
    return put(key.treeId() + "/" + key.name());
  }

  private void record(String file) {
    String[] key = file.split("/");
    database.execute(
        "insert into photo (token, title, description, published, filename, content_type, size,"
            + " tree_id, media_key, published_at, created_at, rendition_version, rendition_state,"
            + " video_version) values (?, 'a', '', true, 'a.jpg', 'image/jpeg', 1, ?, ?, 1, 1, 7,"
            + " 'done', 9)",
        key[1],
        Integer.parseInt(key[0]),
        key[1]);
  }

  private List<String> names() {
    return new ArrayList<>(TestBuckets.names(bucket));
  }

  @Test
  void deletesWhatNoRowKnowsAfterTheGraceTimeAndNothingElse() throws IOException {
    String known = file(THEN);
    record(known);
    List<String> stay = new ArrayList<>(List.of(known));
    stay.add(put(known + ".renditions-7"));
    stay.add(put(known + ".renditions-9"));
    stay.add(file(THEN.plus(Duration.ofHours(47))));
    stay.add(put("identity"));
    stay.add(put("7/of another program"));
    put(known + ".renditions-8");
    String unknown = file(THEN);
    put(unknown + ".renditions-7");
    assertThat(sweep.sweep()).isEqualTo(3);
    assertThat(sweep.noted()).isEqualTo(3);
    assertThat(sweep.pass(Duration.ofHours(9))).isZero();
    assertThat(names()).hasSize(stay.size() + 3);
    assertThat(sweep.pass(Duration.ofHours(1))).isEqualTo(3);
    assertThat(names()).containsExactlyInAnyOrderElementsOf(stay);
    assertThat(sweep.noted()).isZero();
  }

  /** As a node leaves some that ends between the two, or that another has taken the upload from. */
  @Test
  void deletesPiecesOfWhichNoRowTells() throws IOException {
    String known = put(file(THEN) + ".piece");
    String stale = put(file(THEN) + ".piece");
    database.execute("insert into upload_piece values ('a', 1, ?, 0, 1)", known);
    assertThat(sweep.sweep()).as("with the two files").isEqualTo(3);
    assertThat(sweep.pass(GRACE)).isEqualTo(3);
    assertThat(names()).containsExactly(known).doesNotContain(stale);
  }

  @Test
  void keepsWhatARowKnowsAfterAll() throws IOException {
    String late = file(THEN);
    assertThat(sweep.sweep()).isEqualTo(1);
    record(late);
    assertThat(sweep.pass(GRACE)).isZero();
    assertThat(names()).containsExactly(late);
    assertThat(sweep.noted()).isZero();
  }

  @Test
  void looksAtEachNewNameOnce() throws IOException {
    file(THEN);
    assertThat(sweep.sweep()).isEqualTo(1);
    file(THEN);
    String next = file(THEN.plus(Duration.ofDays(1)));
    assertThat(sweep.sweep()).isZero();
    now = now.map(time -> time.plus(Duration.ofDays(1)));
    assertThat(sweep.sweep()).isEqualTo(1);
    assertThat(sweep.pass(GRACE)).isEqualTo(2);
    assertThat(names()).hasSize(1).doesNotContain(next);
  }

  @Test
  void doesNothingWhileNobodyIsSureOfTheTime() throws IOException {
    String unknown = file(THEN);
    now = Optional.empty();
    assertThat(sweep.sweep()).isZero();
    assertThat(names()).containsExactly(unknown);
    now = Optional.of(THEN.plus(Duration.ofDays(2)));
    assertThat(sweep.sweep()).isEqualTo(1);
  }

  @Test
  void goesThroughManyPages() throws IOException {
    String one = file(THEN);
    for (int version = 1; version <= 6; version++) {
      put(one + ".renditions-" + version);
    }
    assertThat(sweep.sweep()).isEqualTo(7);
  }

  private void remove(String file) {
    client.deleteObject(to -> to.bucket(bucket.bucket()).key(bucket.prefix() + file));
  }

  @Test
  void tellsOfPhotosWhoseObjectIsMissingUntilItIsThereAgain() throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      files.add(file(THEN.plus(Duration.ofMinutes(i))));
      record(files.get(i));
    }
    List.of(0, 4, 9).forEach(i -> remove(files.get(i)));
    assertThat(sweep.sweep()).isZero();
    assertThat(sweep.missing()).isEqualTo(3);
    put(files.get(4));
    database.execute("delete from photo where token = ?", files.get(9).split("/")[1]);
    now = now.map(time -> time.plus(Duration.ofDays(1)));
    sweep.sweep();
    assertThat(sweep.missing()).isEqualTo(1);
    put(files.get(0));
    now = now.map(time -> time.plus(Duration.ofDays(1)));
    sweep.sweep();
    assertThat(sweep.missing()).isZero();
  }

  /** As where an old original gets new renditions, and what kept them is killed. */
  @Test
  void looksAtAllOfTheBucketAgainAndAgain() throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      files.add(file(THEN.plus(Duration.ofMinutes(i))));
      record(files.get(i));
    }
    assertThat(sweep.sweep()).isZero();
    assertThat(around()).isZero();
    remove(files.get(3));
    put(files.get(7) + ".renditions-8");
    assertThat(around()).as("before it is due").isZero();
    sweep.pass(Duration.ofDays(30));
    assertThat(around()).isEqualTo(1);
    assertThat(sweep.missing()).isEqualTo(1);
    assertThat(sweep.pass(GRACE)).isEqualTo(1);
    put(files.get(3));
    sweep.pass(Duration.ofDays(30));
    assertThat(around()).isZero();
    assertThat(sweep.missing()).isZero();
  }

  /** In several turns, each of which leaves some to the next. */
  private int around() throws IOException {
    int found = 0;
    for (int turn = 0; turn < 5; turn++) {
      found += sweep.lookAround();
    }
    return found;
  }

  /** As those of photos that were deleted. */
  @Test
  void deletesAtOnceWhatSomebodyWantsGone() throws IOException {
    String gone = file(THEN.plus(Duration.ofHours(47)));
    String known = file(THEN);
    record(known);
    database.write(
        tx -> {
          StrayObjects.noteGone(tx, List.of(gone, known));
          return null;
        });
    assertThat(sweep.pass(Duration.ofSeconds(1))).isEqualTo(1);
    assertThat(names()).containsExactly(known);
    assertThat(sweep.noted()).isZero();
  }
}
