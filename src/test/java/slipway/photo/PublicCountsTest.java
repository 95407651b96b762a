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
import slipway.details.DetailsChange;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** The counts of tags and albums are of what the public sees, whatever is done to a photo. */
@OnEachDatabase
class PublicCountsTest {
  @Parameter TestedDatabase on;

  private static final Duration LATER = Duration.ofHours(1);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private Albums albums;
  private TagLists tags;
  private long album;
  private int added;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    albums = new Albums(database, clock, TextLimits.DEFAULT);
    tags = new TagLists(database, clock);
    album = albums.add("Album", CleanHtml.NONE, null, false, true).albumId();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long add(boolean published, Duration in) {
    NewPhoto photo =
        SamplePhoto.of(
            "key" + ++added,
            new Details(
                null,
                List.of(album),
                "",
                CleanHtml.NONE,
                "tag",
                published,
                clock.instant().plus(in),
                null));
    return database.write(tx -> photos.add(tx, photo)).photoId();
  }

  private void change(long photoId, DetailsChange change) {
    database.write(
        tx -> {
          photos.change(tx, photos.plan(tx, photoId, change).orElseThrow());
          return null;
        });
  }

  private void assertCounted(long expected) {
    List<TagLists.TagCount> listed =
        tags.page("", true, TagLists.TagOrder.TAG, true, 10, 0).items();
    assertThat(listed.stream().mapToLong(TagLists.TagCount::count).sum()).isEqualTo(expected);
    assertThat(tags.find("tag").isPresent()).isEqualTo(expected > 0);
    assertThat(albums.find(album).orElseThrow().photoCount()).isEqualTo(expected);
    assertThat(
            albums
                .page(AlbumFilter.PUBLIC, Albums.AlbumOrder.TITLE, true, 10, 0)
                .items()
                .get(0)
                .photoCount())
        .isEqualTo(expected);
  }

  @Test
  void countAPhotoThatIsPublishedLaterOnceItIs() {
    add(true, Duration.ZERO);
    add(true, LATER);
    add(false, LATER);
    assertCounted(1);
    clock.pass(LATER.minusMillis(1));
    assertCounted(1);
    clock.pass(Duration.ofMillis(1));
    assertCounted(2);
    clock.pass(LATER);
    assertCounted(2);
  }

  @Test
  void countAPhotoThatIsChangedOrDeletedBeforeItsTimeOnlyAsItIsThen() {
    long changed = add(true, LATER);
    long hidden = add(true, LATER);
    long deleted = add(true, LATER);
    change(changed, new DetailsChange(null, null, null, "tag more", null));
    change(hidden, new DetailsChange(null, null, null, null, false));
    database.write(tx -> photos.delete(tx, deleted));
    assertCounted(0);
    clock.pass(LATER);
    assertThat(tags.page("more", true, TagLists.TagOrder.TAG, true, 10, 0).total()).isEqualTo(1);
    change(changed, new DetailsChange(null, null, null, "tag", null));
    assertCounted(1);
  }

  @Test
  void followAChangeThatComesBeforeAnybodyReadsThem() {
    long changed = add(true, Duration.ZERO);
    long deleted = add(true, Duration.ZERO);
    change(changed, new DetailsChange(List.of(), null, null, "", null));
    assertCounted(1);
    long deletedAtOnce = add(true, Duration.ZERO);
    database.write(tx -> photos.delete(tx, deletedAtOnce));
    assertCounted(1);
    database.write(tx -> photos.delete(tx, deleted));
    assertCounted(0);
  }

  @Test
  void areAllThatIsLeftOfADeletedPhoto() {
    long photo = add(true, Duration.ZERO);
    database.write(tx -> photos.delete(tx, photo));
    for (String table :
        List.of("photo_tag", "photo_word", "photo_title", "photo_album", "uncounted")) {
      List<Long> left =
          database.read(
              handle -> handle.select("select photo_id from " + table).mapTo(Long.class).list());
      assertThat(left).as(table).isEmpty();
    }
  }

  @Test
  void followEveryChange() {
    long one = add(true, Duration.ZERO);
    long two = add(true, Duration.ZERO);
    assertCounted(2);
    change(one, new DetailsChange(null, null, null, null, false));
    assertCounted(1);
    change(one, new DetailsChange(null, null, null, null, true));
    assertCounted(2);
    change(one, new DetailsChange(List.of(), null, null, "", null));
    assertCounted(1);
    database.write(tx -> photos.delete(tx, two));
    assertCounted(0);
  }
}
