package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.Markup;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class PhotosTest {
  @Parameter TestedDatabase on;

  private static final CleanHtml WORDS = Markup.clean("<b>At</b> the harbour");

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Albums albums;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    albums = new Albums(database, clock, TextLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Details details(List<Long> inAlbums, String tags, Instant publishAt) {
    return new Details(7L, inAlbums, "A day", WORDS, tags, true, publishAt, "https://a.test/1");
  }

  private static Photo add(Photos photos, Database database, Details details, String type) {
    PhotoFile file = new PhotoFile(3, "key" + type, "a.b", type, 1 << 20);
    return database.write(tx -> photos.add(tx, SamplePhoto.of(file, details, "token")));
  }

  @Test
  void areGivenBackAsTheyAreRead() {
    Photos photos = new Photos(database, clock);
    Instant publishAt = clock.instant().plusNanos(1_234_567_890);
    for (Details details :
        List.of(
            Details.NONE,
            details(List.of(), "", null),
            details(List.of(1L), "one \"two three\"", publishAt))) {
      for (String type : List.of("image/png", "video/mp4")) {
        Photo added = add(photos, database, details, type + details.title() + details.tags());
        assertThat(photos.find(added.photoId())).contains(added);
      }
    }
  }

  @Test
  void areGivenBackAsTheyAreReadWhereTheyAreScannedFirst() {
    Photos photos = new Photos(database, clock, new ScanQueue(database, clock, true));
    Photo added = add(photos, database, details(List.of(), "one", null), "image/png");
    assertThat(added.isHeld()).isTrue();
    assertThat(photos.find(added.photoId())).contains(added);
  }

  private long countOfTag() {
    return new TagLists(database, clock)
        .page("", true, TagLists.TagOrder.TAG, true, 10, 0)
        .items()
        .get(0)
        .count();
  }

  @Test
  void areCountedForAlbumsAndTagsWhereTheyHaveAny() {
    Photos photos = new Photos(database, clock);
    long album = albums.add("Album", CleanHtml.NONE, null, false, true).albumId();
    add(photos, database, details(List.of(album), "", null), "image/1");
    assertThat(albums.find(album).orElseThrow().photoCount()).isEqualTo(1);
    add(photos, database, details(List.of(), "one", null), "image/2");
    assertThat(countOfTag()).isEqualTo(1);
    add(photos, database, details(List.of(album), "one", null), "image/3");
    assertThat(albums.find(album).orElseThrow().photoCount()).isEqualTo(2);
    assertThat(countOfTag()).isEqualTo(2);
  }

  /** Which would have SQLite write each page of a new photo twice. */
  @Test
  void areAddedWithoutATrigger() {
    on.assumeSqlite();
    long triggers =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from sqlite_master where type = 'trigger'"
                            + " and tbl_name = 'photo' and sql like '% insert on photo %'")
                    .mapTo(Long.class)
                    .one());
    assertThat(triggers).isZero();
  }
}
