package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** The totals of lists by one tag, by one album and of all are those that are kept. */
@OnEachDatabase
class KeptCountsTest {
  @Parameter TestedDatabase on;

  private static final PhotoFilter ALL = PhotoFilter.PUBLISHED;
  private static final PhotoFilter OF_TAG = ALL.tagged(List.of("Sea"), false);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private PhotoLists lists;
  private long album;
  private int added;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    lists = new PhotoLists(database, clock, TextLimits.DEFAULT);
    album =
        new Albums(database, clock, TextLimits.DEFAULT)
            .add("Album", CleanHtml.NONE, null, false, true)
            .albumId();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private PhotoFilter ofAlbum() {
    return ALL.of(album, null, null);
  }

  private long add(String tags, boolean published, Duration in) {
    Details details =
        new Details(
            null,
            List.of(album),
            "",
            CleanHtml.NONE,
            tags,
            published,
            clock.instant().plus(in),
            null);
    NewPhoto photo = SamplePhoto.of("key" + ++added, details);
    return database.write(tx -> photos.add(tx, photo)).photoId();
  }

  private void assertTotals(long expected) {
    for (PhotoFilter filter : List.of(ALL, OF_TAG, ofAlbum())) {
      assertThat(lists.count(filter)).isEqualTo(expected);
      assertThat(lists.page(filter, PhotoOrder.TITLE, true, 100, 0)).hasSize((int) expected);
    }
  }

  /** Wrong ones are told, which a look at each photo would not give. */
  @Test
  void areNotCountedEachTime() {
    add("sea", true, Duration.ZERO);
    database.write(
        tx -> {
          tx.execute("update tag set photo_count = photo_count + 10");
          tx.execute("update album set photo_count = photo_count + 20");
          return tx.execute("update photo_total set published = published + 30");
        });
    assertThat(lists.count(OF_TAG)).isEqualTo(11);
    assertThat(lists.count(ofAlbum())).isEqualTo(21);
    assertThat(lists.count(ALL) % 30).as("once for each row of the totals").isEqualTo(1);
    assertThat(lists.count(ALL)).isGreaterThan(1);
    assertThat(lists.count(OF_TAG.of(album, null, null))).isEqualTo(1);
    assertThat(lists.count(ofAlbum().unpublished(true))).isEqualTo(1);
    assertThat(lists.count(ALL.video(false))).isEqualTo(1);
  }

  @Test
  void areThoseOfThePhotosThatThePublicSees() {
    assertTotals(0);
    long first = add("sea", true, Duration.ZERO);
    add("SEA other", true, Duration.ofHours(-1));
    add("sea", false, Duration.ZERO);
    add("sea", true, Duration.ofHours(1));
    assertTotals(2);
    clock.pass(Duration.ofHours(2));
    assertTotals(3);
    database.write(tx -> photos.delete(tx, first));
    assertTotals(2);
  }

  @Test
  void areThoseOfManyWhoseTimeComesAtOnce() {
    database.write(tx -> tx.execute("delete from album"));
    ManyPhotos.add(database, Publications.STEP + 5, clock.millis() + 1000);
    PhotoFilter many = ALL.tagged(List.of("many"), true);
    assertThat(lists.count(many)).isZero();
    clock.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 3; i++) {
      assertThat(lists.count(many)).isEqualTo(Publications.STEP + 5);
      assertThat(lists.count(ALL)).isEqualTo(Publications.STEP + 5);
    }
  }
}
