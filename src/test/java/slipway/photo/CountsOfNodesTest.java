package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.harness.AtOnce;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** What several nodes count at the same time is counted once, and holds nobody up. */
@OnEachDatabase
class CountsOfNodesTest {
  private static final int SCHEDULED = 60;

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private final AtomicInteger added = new AtomicInteger();
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long count(String tag) {
    return database.read(
        handle ->
            handle
                .createQuery("select photo_count from tag where tag = ?")
                .bind(0, tag)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void countsScheduledPhotosOnce() throws Exception {
    ManyPhotos.add(database, SCHEDULED, clock.millis());
    List<Integer> counted =
        AtOnce.run(4, i -> () -> Publications.catchUp(database, clock.millis()));
    assertThat(counted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SCHEDULED);
    assertThat(count("many")).isEqualTo(SCHEDULED);
  }

  private long add(String tags) {
    Details details =
        new Details(
            null, List.of(), "", CleanHtml.NONE, tags, true, clock.instant().minusSeconds(1), null);
    NewPhoto photo = SamplePhoto.of("key" + added.incrementAndGet(), details);
    return database.write(tx -> new Photos(database, clock).add(tx, photo)).photoId();
  }

  @Test
  void countsTagsThatUploadsHaveInEitherOrder() throws Exception {
    AtOnce.run(
        6,
        i ->
            () -> {
              for (int k = 0; k < 8; k++) {
                add(i % 2 == 0 ? "a b" : "b a");
                if (i == 0) {
                  Publications.catchUp(database, clock.millis());
                }
              }
              return null;
            });
    Publications.catchUp(database, clock.millis());
    assertThat(count("a")).isEqualTo(48);
    assertThat(count("b")).isEqualTo(48);
  }
}
