package slipway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import slipway.db.Database;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.Leftovers;
import slipway.media.MediaKey;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.media.contract.MadeRenditions;
import slipway.photo.PhotoFiles;
import slipway.upload.resumable.UploadTable;

@Execution(ExecutionMode.CONCURRENT)
class ComparisonTest {
  @TempDir Path folder;
  private Path media;
  private Database database;
  private Spool spool;
  private FileMediaStore store;

  @BeforeEach
  void open() throws IOException {
    media = folder.resolve("media");
    database = Database.open(folder.resolve("slipway.db"));
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
      store.keepRenditions(key, MadeRenditions.of(Map.of("large", new byte[] {2})));
      return key;
    }
  }

  private Path path(MediaKey key) {
    return media.resolve(Integer.toString(key.treeId())).resolve(key.name());
  }

  private void record(MediaKey key) {
    database.execute(
        "insert into photo (token, title, description, published, filename, content_type, size,"
            + " tree_id, media_key, published_at, created_at)"
            + " values ('t', 'a', '', true, 'a.jpg', 'image/jpeg', 1, ?, ?, 1, 1)",
        key.treeId(),
        key.name());
  }

  private Comparison comparison(Duration grace) throws IOException {
    Leftovers leftovers = new FileMediaStore(new Spool(media)).leftovers();
    UploadTable uploads = new UploadTable(database, Clock.systemUTC());
    Scan scan = new Scan(new PhotoFiles(database), uploads, leftovers);
    return new Comparison(media, leftovers, scan, grace);
  }

  private static void await(BooleanSupplier so) throws InterruptedException {
    for (int i = 0; i < 1000 && !so.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(so.getAsBoolean()).isTrue();
  }

  private Path move(MediaKey key, Path to) throws IOException {
    Files.createDirectories(to);
    Path renditions = Path.of(key.name() + ".renditions");
    Path tree = path(key).getParent();
    Files.move(tree.resolve(renditions), to.resolve(renditions));
    return Files.move(path(key), to.resolve(key.name()));
  }

  private Path otherTree(MediaKey key) {
    return media.resolve(Integer.toString(key.treeId() % MediaKey.TREES + 1));
  }

  private boolean isWhole(MediaKey key) {
    try (var renditions = store.openRendition(key, "large").orElse(null)) {
      return Files.exists(path(key)) && renditions != null;
    } catch (IOException e) {
      return false;
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
}
