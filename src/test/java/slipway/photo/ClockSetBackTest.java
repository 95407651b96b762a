package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.db.LastTimes;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** What the public has seen is not hidden by a clock, nor is what it has not shown by one. */
@OnEachDatabase
class ClockSetBackTest {
  @Parameter TestedDatabase on;

  private static final Duration BACK = Duration.ofHours(-2);

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private PhotoLists lists;
  private TagLists tags;
  private int added;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    lists = new PhotoLists(database, clock, TextLimits.DEFAULT);
    tags = new TagLists(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Photo add(Instant publishAt) {
    NewPhoto photo =
        SamplePhoto.of(
            "key" + ++added,
            new Details(null, List.of(), "", CleanHtml.NONE, "a b", true, publishAt, null));
    return database.write(tx -> photos.add(tx, photo));
  }

  private List<Long> listed(PhotoOrder order) {
    PhotoFilter all = PhotoFilter.PUBLISHED;
    List<Long> ids =
        lists.page(all, order, false, 20, 0).stream().map(it -> it.photo().photoId()).toList();
    assertThat(lists.count(all)).isEqualTo(ids.size());
    return ids;
  }

  @Test
  void showsWhatItHasShownAndNothingThatIsYetToCome() {
    Photo first = add(null);
    clock.pass(Duration.ofMinutes(30));
    Photo second = add(null);
    Photo tomorrow = add(clock.instant().plus(Duration.ofDays(1)));
    Photo soon = add(clock.instant().plus(Duration.ofMinutes(10)));
    clock.pass(Duration.ofMinutes(20));
    assertThat(tags.find("a")).contains("a");
    Photo inOneHour = add(clock.instant().plus(Duration.ofHours(1)));
    clock.pass(BACK);
    for (PhotoOrder order : PhotoOrder.values()) {
      assertThat(listed(order))
          .as("by " + order)
          .containsExactlyInAnyOrder(first.photoId(), second.photoId(), soon.photoId());
    }
    Photo third = add(null);
    assertThat(listed(PhotoOrder.PUBLISHED))
        .containsExactly(soon.photoId(), second.photoId(), first.photoId(), third.photoId())
        .doesNotContain(tomorrow.photoId(), inOneHour.photoId());
    Neighbours beside = new Neighbours(database, clock);
    assertThat(beside.newer(second).map(Photo::photoId)).contains(soon.photoId());
    assertThat(beside.newer(soon)).isEqualTo(Optional.empty());
    assertThat(beside.older(first).map(Photo::photoId)).contains(third.photoId());
    assertThat(tags.related("a", 10)).extracting(TagLists.TagCount::count).containsExactly(4L);
    database.write(
        tx -> photos.change(tx, photos.plan(tx, second.photoId(), newTitle()).orElseThrow()));
    assertThat(listed(PhotoOrder.PUBLISHED)).hasSize(4);
  }

  private static DetailsChange newTitle() {
    return new DetailsChange(null, "Another", null, null, null);
  }

  @Test
  void doesNotKeepWhatAClockThatWasAheadHasShownForAMoment() {
    LastTimes.write(database, Optional.of(clock.instant()), clock.instant());
    Photo tomorrow = add(clock.instant().plus(Duration.ofHours(24)));
    clock.pass(Duration.ofHours(26));
    assertThat(tags.find("a")).isEmpty();
    assertThat(listed(PhotoOrder.PUBLISHED)).containsExactly(tomorrow.photoId());
    clock.pass(Duration.ofHours(-26).plusSeconds(3));
    assertThat(listed(PhotoOrder.PUBLISHED)).isEmpty();
    clock.pass(Duration.ofHours(24));
    LastTimes.write(database, Optional.of(clock.instant()), clock.instant());
    assertThat(tags.find("a")).contains("a");
  }
}
