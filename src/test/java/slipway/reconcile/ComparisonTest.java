package slipway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.Leftovers;
import slipway.media.MediaKey;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.media.contract.MadeRenditions;
import slipway.node.Claims;
import slipway.photo.PhotoFiles;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;
import slipway.upload.resumable.UploadTable;

@Execution(ExecutionMode.CONCURRENT)
@OnEachDatabase(isLong = true)
class ComparisonTest {
  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private Path media;
  private Database database;
  private Spool spool;
  private FileMediaStore store;

  @BeforeEach
  void open() throws IOException {
    media = folder.resolve("media");
    database = on.open(folder.resolve("slipway.db"));
    spool = new Spool(media);
    store = new FileMediaStore(spool);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private MediaKey keep() throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(new byte[] {1}));
      MediaKey key = store.keep(incoming);
      store.keepRenditions(key, 7, MadeRenditions.of(Map.of("large", new byte[] {2})));
      return key;
    }
  }

  private Path path(MediaKey key) {
    return media.resolve(Integer.toString(key.treeId())).resolve(key.name());
  }

  private void record(MediaKey key) {
    database.execute(
        "insert into photo (token, title, description, published, filename, content_type, size,"
            + " tree_id, media_key, published_at, created_at, rendition_version, rendition_state)"
            + " values (?, 'a', '', true, 'a.jpg', 'image/jpeg', 1, ?, ?, 1, 1, 7, 'done')",
        key.name(),
        key.treeId(),
        key.name());
  }

  private Comparison comparison(Duration grace) throws IOException {
    return comparison(grace, Claims.ALONE);
  }

  private Comparison comparison(Duration grace, Claims claims) throws IOException {
    Leftovers leftovers = new Spool(media).leftovers(Duration.ZERO);
    UploadTable uploads = new UploadTable(database, Clock.systemUTC());
    Scan scan =
        new Scan(new PhotoFiles(database), uploads, leftovers, new RenditionQueue(database), null);
    return new Comparison(media, leftovers, scan, grace, claims);
  }

  @Test
  void leavesTheMachineToRequestsAfterEachBatch() throws Exception {
    for (int i = 0; i < 7; i++) {
      MediaKey key = keep();
      record(key);
      MediaKey first = new MediaKey(1, key.name());
      database.execute("update photo set tree_id = 1");
      if (!key.equals(first)) {
        move(key, path(first).getParent());
      }
    }
    List<Long> rests = new ArrayList<>();
    Scan scan =
        new Scan(
            new PhotoFiles(database),
            new UploadTable(database, Clock.systemUTC()),
            new Spool(media).leftovers(Duration.ZERO),
            new RenditionQueue(database),
            null,
            2,
            rests::add);
    assertThat(scan.run(() -> false)).isEqualTo(new Scan.Found(true, 0, 0, 0, null, 0, 0));
    // After the list of the tree, three batches of its files, and three of the rows.
    assertThat(rests).hasSize(7).allMatch(nanos -> nanos > 0);
  }

  private static void await(BooleanSupplier so) throws InterruptedException {
    for (int i = 0; i < 3000 && !so.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(so.getAsBoolean()).isTrue();
  }

  private Path move(MediaKey key, Path to) throws IOException {
    Files.createDirectories(to);
    Path renditions = Path.of(key.name() + ".renditions-7");
    Path tree = path(key).getParent();
    Files.move(tree.resolve(renditions), to.resolve(renditions));
    return Files.move(path(key), to.resolve(key.name()));
  }

  private Path otherTree(MediaKey key) {
    return media.resolve(Integer.toString(key.treeId() % MediaKey.TREES + 1));
  }

  private boolean isWhole(MediaKey key) {
    try (var renditions = store.openRendition(key, 7, "large").orElse(null)) {
      return Files.exists(path(key)) && renditions != null;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void isMadeByTheNodeThatHasTheClaim() throws Exception {
    MediaKey unknown = keep();
    AtomicBoolean isOthers = new AtomicBoolean(true);
    Claims claims =
        new Claims() {
          @Override
          public boolean take(long number) {
            return !isOthers.get();
          }

          @Override
          public void giveBack(long number) {
            // It is kept.
          }

          @Override
          public int count() {
            return 1;
          }
        };
    try (Comparison comparison = comparison(Duration.ofSeconds(1), claims).start()) {
      await(() -> comparison.standing().compared());
      assertThat(isWhole(unknown)).isTrue();
      isOthers.set(false);
      await(() -> comparison.standing().setAside() == 1);
      assertThat(isWhole(unknown)).isFalse();
    }
  }

  @Test
  void putsAFileThatARowHasInTheTreeOfTheRow() throws Exception {
    MediaKey key = keep();
    MediaKey aside = keep();
    record(key);
    record(aside);
    Path elsewhere = move(key, otherTree(key));
    String tree = otherTree(aside).getFileName().toString();
    move(aside, media.resolve("set-aside/2026-01-01T00-00-00Z").resolve(tree));
    PartialFile pieces = spool.receiveInPieces();
    pieces.create();
    MediaKey received = new MediaKey(3, pieces.name());
    record(received);
    try (Comparison comparison = comparison(Duration.ofDays(1)).start()) {
      await(() -> comparison.standing().compared());
      assertThat(comparison.standing()).isEqualTo(new Standing(true, false, 0, 0));
    }
    assertThat(elsewhere).doesNotExist();
    assertThat(isWhole(key)).isTrue();
    assertThat(isWhole(aside)).isTrue();
    assertThat(path(received)).exists();
  }

  @Test
  void setsACopyAsideAndNeverDeletesItWhileItHasARow() throws Exception {
    MediaKey key = keep();
    record(key);
    Path copy = Files.copy(path(key), otherTree(key).resolve(key.name()));
    keep();
    try (Comparison comparison = comparison(Duration.ofSeconds(2)).start()) {
      await(() -> comparison.standing().setAside() == 2);
      await(() -> comparison.standing().setAside() == 1);
      assertThat(copy).doesNotExist();
      assertThat(isWhole(key)).isTrue();
      Thread.sleep(1500);
      assertThat(comparison.standing().setAside()).isEqualTo(1);
    }
  }

  @Test
  void countsTheGraceTimeFromTheEndOfTheComparison() throws Exception {
    keep();
    Path inTheWay = media.resolve("set-aside");
    Files.write(inTheWay, new byte[1]);
    Duration grace = Duration.ofSeconds(2);
    try (Comparison comparison = comparison(grace).start()) {
      await(() -> comparison.standing().state().equals("failing"));
      assertThat(comparison.isWell()).as("for now").isTrue();
      Thread.sleep(grace.toMillis() + 500);
      assertThat(comparison.standing().compared()).isFalse();
      Files.delete(inTheWay);
      await(() -> comparison.standing().compared());
      long from = System.nanoTime();
      assertThat(comparison.standing().state()).isEqualTo("true");
      await(() -> comparison.standing().setAside() == 0);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(grace.dividedBy(2));
    }
  }

  private void compare() throws Exception {
    try (Comparison comparison = comparison(Duration.ofDays(1)).start()) {
      await(() -> comparison.standing().compared());
    }
  }

  private List<String> waiting() {
    return new RenditionQueue(database).first(9).stream().map(Job::mediaKey).toList();
  }

  private boolean has(MediaKey key, long version) throws IOException {
    try (var rendition = store.openRendition(key, version, "large").orElse(null)) {
      return rendition != null;
    }
  }

  @Test
  void deletesRenditionsThatNoRowNamesAndLeavesThoseThatOneDoes() throws Exception {
    MediaKey key = keep();
    record(key);
    MediaKey before = keep();
    record(before);
    database.execute("update photo set rendition_version = 0 where media_key = ?", before.name());
    for (long version : new long[] {0, 8}) {
      store.keepRenditions(key, version, MadeRenditions.of(Map.of("large", new byte[] {3})));
      store.keepRenditions(before, version, MadeRenditions.of(Map.of("large", new byte[] {3})));
    }
    compare();
    assertThat(isWhole(key)).isTrue();
    assertThat(has(key, 0) || has(key, 8)).isFalse();
    assertThat(has(before, 0)).isTrue();
    assertThat(has(before, 7) || has(before, 8)).isFalse();
    assertThat(waiting()).isEmpty();
  }

  /** As a database is that is older than the media, or one of before that a crash had cut. */
  @Test
  void makesRenditionsAnewThatARowNamesInVain() throws Exception {
    MediaKey key = keep();
    record(key);
    MediaKey other = keep();
    record(other);
    MediaKey gone = keep();
    record(gone);
    database.execute("update photo set rendition_version = 6 where media_key = ?", key.name());
    store.deleteRenditions(gone, 7);
    store.delete(gone);
    compare();
    assertThat(waiting()).as("without one that has no original").containsExactly(key.name());
    assertThat(has(key, 7)).isFalse();
    assertThat(isWhole(other)).isTrue();
  }
}
