package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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

/** An album of many photos is gone at once, and its rows in small steps. */
@OnEachDatabase
class DeletedAlbumsTest {
  @Parameter TestedDatabase on;

  private static final int COUNT = 7 * DeletedAlbums.STEP + 1;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;

  @BeforeEach
  void add() throws IOException {
    database = on.open(folder.resolve("test.db"));
    ManyPhotos.add(database, COUNT, clock.millis());
    new Publications(database, clock).sweep();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long count(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void areGoneForEverybodyAtOnceAndFromTheirPhotosInSteps() throws IOException {
    Albums albums = new Albums(database, clock, TextLimits.DEFAULT);
    assertThat(albums.delete(1)).isTrue();
    assertThat(albums.delete(1)).isFalse();
    assertThat(albums.find(1)).isEmpty();
    assertThat(count("photo_album")).isEqualTo(2 * DeletedAlbums.STEP + 1);
    PhotoLists lists = new PhotoLists(database, clock, TextLimits.DEFAULT);
    assertThat(lists.page(PhotoFilter.PUBLISHED, PhotoOrder.PUBLISHED, true, 2 * COUNT, 0))
        .hasSize(COUNT)
        .allMatch(photo -> photo.albums().ids().isEmpty());
    database.close();
    database = on.open(folder.resolve("test.db"));
    assertThat(new DeletedAlbums(database).sweep()).isEqualTo(2 * DeletedAlbums.STEP + 1);
    assertThat(count("photo_album")).isZero();
    assertThat(count("deleted_album")).isZero();
    assertThat(count("photo")).isEqualTo(COUNT);
  }
}
