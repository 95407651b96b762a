package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** Many photos whose time of publication comes at one moment are counted in small steps. */
@OnEachDatabase
class PublicationsTest {
  @Parameter TestedDatabase on;

  private static final Duration LATER = Duration.ofHours(1);
  private static final int COUNT = 2 * Publications.STEP + 100;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;

  @BeforeEach
  void add() throws IOException {
    database = on.open(folder.resolve("test.db"));
    ManyPhotos.add(database, COUNT, clock.instant().plus(LATER).toEpochMilli());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long ofTag() {
    return database.read(
        handle ->
            handle
                .createQuery("select photo_count from tag where tag = 'many'")
                .mapTo(Long.class)
                .one());
  }

  private long ofAlbum() {
    return new Albums(database, clock, TextLimits.DEFAULT).find(1).orElseThrow().photoCount();
  }

  @Test
  void takeAStepForWhoeverReadsCountsAndTheOthersLater() {
    assertThat(ofAlbum()).isZero();
    clock.pass(LATER);
    assertThat(ofAlbum()).isEqualTo(Publications.STEP);
    assertThat(ofTag()).isEqualTo(Publications.STEP);
    assertThat(new Publications(database, clock).sweep()).isEqualTo(COUNT - Publications.STEP);
    assertThat(ofTag()).isEqualTo(COUNT);
    assertThat(ofAlbum()).isEqualTo(COUNT);
    assertThat(new Publications(database, clock).sweep()).isZero();
  }

  @Test
  void goOnWhereAnEarlierServiceWasCut() throws IOException {
    clock.pass(LATER);
    assertThat(Publications.catchUp(database, clock.millis())).isEqualTo(Publications.STEP);
    database.close();
    database = on.open(folder.resolve("test.db"));
    new Publications(database, clock).sweep();
    assertThat(ofTag()).isEqualTo(COUNT);
    assertThat(ofAlbum()).isEqualTo(COUNT);
  }
}
