package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.Tags;
import slipway.details.TextLimits;
import slipway.harness.AskedClock;
import slipway.harness.Await;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@OnEachDatabase(isLong = true)
class PhotoListsTest {
  @Parameter TestedDatabase on;

  private static final int PHOTOS = 60;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private long album;

  /** Photo n has tags, a word and an album by what n can be divided by. */
  @BeforeEach
  void fill() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    album =
        new Albums(database, clock, TextLimits.DEFAULT)
            .add("Thirds", CleanHtml.NONE, null, false, true)
            .albumId();
    database.write(
        tx -> {
          for (int n = 1; n <= PHOTOS; n++) {
            add(tx, n);
          }
          return tx.execute("update photo set rendition_state = 'done' where photo_id % 14 = 0");
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(int n) {
    database.write(tx -> add(tx, n));
  }

  private Photo add(Handle tx, int n) {
    List<String> tags = new ArrayList<>(List.of("all"));
    tags.add(n % 2 == 0 ? "even" : "odd");
    if (n % 5 == 0) {
      tags.add("fifth");
    }
    NewPhoto photo =
        SamplePhoto.of(
            new PhotoFile(1, "key" + n, "a.jpg", type(n), 1),
            new Details(
                null,
                n % 3 == 0 ? List.of(album) : List.of(),
                n % 4 == 0 ? "Fourth harbour" : "Other",
                CleanHtml.NONE,
                Tags.format(tags),
                n % 10 != 0,
                Instant.EPOCH.plus(Duration.ofHours(n)),
                null),
            "token" + n % 6);
    clock.pass(Duration.ofSeconds(1));
    return photos.add(tx, photo);
  }

  private static String type(int n) {
    return n % 7 == 0 ? "video/mp4" : n % 11 == 0 ? "audio/mpeg" : "image/jpeg";
  }

  private static PhotoFilter filter(
      Long album, List<String> tags, boolean every, String search, Boolean video) {
    return PhotoFilter.PUBLISHED
        .of(album, null, null)
        .tagged(tags, every)
        .search(search)
        .video(video);
  }

  private static PhotoFilter kind(Boolean video, Boolean audio, Boolean encoded) {
    return PhotoFilter.PUBLISHED.kind(new PhotoFilter.FileKind(video, audio, encoded, false));
  }

  /** The filter and which numbers pass it. */
  private record Case(PhotoFilter filter, LongPredicate passes) {}

  private Case named(String name) {
    return switch (name) {
      case "all" -> new Case(filter(null, List.of(), false, "", null), n -> true);
      case "album" -> new Case(filter(album, List.of(), false, "", null), n -> n % 3 == 0);
      case "both tags" ->
          new Case(
              filter(null, List.of("even", "fifth"), true, "", null),
              n -> n % 2 == 0 && n % 5 == 0);
      case "any tag" ->
          new Case(
              filter(null, List.of("even", "fifth"), false, "", null),
              n -> n % 2 == 0 || n % 5 == 0);
      case "words" -> new Case(filter(null, List.of(), false, "HARB fou", null), n -> n % 4 == 0);
      case "videos of an album" ->
          new Case(filter(album, List.of(), false, "", true), n -> n % 21 == 0);
      case "everything" ->
          new Case(
              filter(album, List.of("even", "all"), true, "harbour", false),
              n -> n % 12 == 0 && n % 7 != 0);
      case "nothing" -> new Case(filter(album, List.of("no"), true, "", null), n -> false);
      case "large sets without a photo in common" ->
          new Case(filter(null, List.of("even", "odd"), true, "", null), n -> false);
      case "a day of a large set" ->
          new Case(
              PhotoFilter.PUBLISHED
                  .tagged(List.of("all"), true)
                  .published(
                      Instant.EPOCH.plus(Duration.ofHours(24)),
                      Instant.EPOCH.plus(Duration.ofHours(48))),
              n -> n >= 24 && n < 48);
      case "since a time" ->
          new Case(
              PhotoFilter.PUBLISHED.published(Instant.EPOCH.plus(Duration.ofHours(50)), null),
              n -> n >= 50);
      case "before a time" ->
          new Case(
              PhotoFilter.PUBLISHED.published(null, Instant.EPOCH.plus(Duration.ofHours(9))),
              n -> n < 9);
      case "audio" -> new Case(kind(null, true, null), n -> n % 11 == 0);
      case "no audio of an album" ->
          new Case(kind(null, false, null).of(album, null, null), n -> n % 3 == 0 && n % 11 != 0);
      case "videos with pictures" -> new Case(kind(null, null, true), n -> n % 14 == 0);
      case "videos without pictures" ->
          new Case(kind(true, null, false), n -> n % 7 == 0 && n % 2 != 0);
      case "like another photo" ->
          new Case(
              filter(null, List.of("even"), true, "", null).like(7L), n -> n % 2 == 0 && n != 7);
      case "like one of the fifth" ->
          new Case(
              PhotoFilter.PUBLISHED.of(album, null, null).like(15L), n -> n % 3 == 0 && n != 15);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static List<Long> numbers(List<ListedPhoto> page) {
    return page.stream().map(listed -> listed.photo().photoId()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "album",
        "both tags",
        "any tag",
        "words",
        "videos of an album",
        "everything",
        "nothing",
        "large sets without a photo in common",
        "a day of a large set",
        "since a time",
        "before a time",
        "audio",
        "no audio of an album",
        "videos with pictures",
        "videos without pictures",
        "like another photo",
        "like one of the fifth"
      })
  void listsTheSameByTheOrderAndByTheSmallestSet(String name) {
    Case asked = named(name);
    List<Long> expected =
        new ArrayList<>(
            LongStream.rangeClosed(1, PHOTOS)
                .filter(n -> n % 10 != 0)
                .filter(asked.passes())
                .boxed()
                .toList());
    for (int small : new int[] {0, 5, 25, PhotoQuery.SMALL}) {
      PhotoLists lists = new PhotoLists(database, clock, small, Counts.EXACT);
      for (PhotoOrder order : new PhotoOrder[] {PhotoOrder.PUBLISHED, PhotoOrder.CREATED}) {
        assertThat(numbers(lists.page(asked.filter(), order, true, 100, 0))).isEqualTo(expected);
      }
      List<Long> down = new ArrayList<>(expected);
      Collections.reverse(down);
      assertThat(numbers(lists.page(asked.filter(), PhotoOrder.PUBLISHED, false, 3, 2)))
          .isEqualTo(down.stream().skip(2).limit(3).toList());
      assertThat(lists.count(asked.filter())).isEqualTo(expected.size());
    }
  }

  /** They are found once, and then sorted: the large sets are not gone through twice. */
  @Test
  void sortsTheFewPhotosThatLargeSetsShareByTheirNumbers() {
    PhotoFilter shareNone = named("large sets without a photo in common").filter();
    String page =
        database.read(
            handle ->
                PhotoQuery.ofPage(handle, shareNone, clock.instant(), 20)
                    .page(PhotoOrder.PUBLISHED, false, 20, 0));
    assertThat(page).contains("x.photo_id in (?)").doesNotContain("photo_tag");
  }

  @ParameterizedTest
  @CsvSource({"0, photo_by_publication", "100, photo_album_by_album"})
  void goesThroughTheIndexThatLeads(int small, String index) {
    assertThat(plan(named("album").filter(), PhotoOrder.PUBLISHED, small))
        .contains(index)
        .doesNotContain("SCAN p\n");
  }

  private String plan(PhotoFilter filter, PhotoOrder order, int small) {
    return plan(filter, small, query -> query.page(order, false, 20, 0));
  }

  private String plan(PhotoFilter filter, int small, Function<PhotoQuery, String> sql) {
    on.assumeSqlite();
    List<String> steps =
        database.read(
            handle -> {
              PhotoQuery query = PhotoQuery.ofPage(handle, filter, clock.instant(), small);
              String page = sql.apply(query);
              return query
                  .bound(handle, "explain query plan " + page)
                  .map((row, context) -> row.getString("detail"))
                  .list();
            });
    return String.join("\n", steps);
  }

  @ParameterizedTest
  @CsvSource({"VIEWS, photo_by_views", "WORDS, photo_by_description", "TAKEN, photo_by_capture"})
  void sortsByTheIndexOfEachOrder(PhotoOrder order, String index) {
    assertThat(plan(PhotoFilter.PUBLISHED, order, PhotoQuery.SMALL))
        .contains(index)
        .doesNotContain("TEMP B-TREE");
  }

  @ParameterizedTest
  @CsvSource({"COMMENTS, photo_by_comments", "RATING, photo_by_rating"})
  void sortsNothingWhereMostHaveNone(PhotoOrder order, String index) {
    PhotoFilter day =
        PhotoFilter.PUBLISHED.published(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));
    for (PhotoFilter filter : List.of(PhotoFilter.PUBLISHED, day)) {
      assertThat(plan(filter, 0, query -> query.pageAboveZero(order, false, 20, 0)))
          .contains(index)
          .doesNotContain("TEMP B-TREE");
      assertThat(plan(filter, 0, query -> query.pageOfZeros(order, true, 20, 0)))
          .isEqualTo("SCAN p");
    }
  }

  /** Three photos have comments and ratings: the pages about them are of both kinds. */
  @ParameterizedTest
  @CsvSource({"COMMENTS, true", "COMMENTS, false", "RATING, true", "RATING, false"})
  void listsThoseWithoutAnyByTheirNumbers(PhotoOrder order, boolean ascending) {
    database.write(
        tx ->
            tx.execute(
                "update photo set comment_count = photo_id % 5, rating = photo_id % 5"
                    + " where photo_id in (12, 33, 36)"));
    List<Long> expected =
        new ArrayList<>(
            LongStream.rangeClosed(1, PHOTOS)
                .filter(n -> n % 10 != 0 && n % 3 == 0)
                .filter(n -> n != 12 && n != 33 && n != 36)
                .boxed()
                .toList());
    expected.addAll(List.of(36L, 12L, 33L));
    if (!ascending) {
      Collections.reverse(expected);
    }
    for (int small : new int[] {0, PhotoQuery.SMALL}) {
      PhotoLists lists = new PhotoLists(database, clock, small, Counts.EXACT);
      for (int offset = 0; offset <= expected.size(); offset++) {
        assertThat(numbers(lists.page(named("album").filter(), order, ascending, 2, offset)))
            .isEqualTo(expected.stream().skip(offset).limit(2).toList());
      }
    }
  }

  @Test
  void sortsNoLongTime() {
    PhotoFilter since = PhotoFilter.PUBLISHED.published(Instant.EPOCH, null);
    assertThat(plan(since, PhotoOrder.CREATED, 5))
        .contains("photo_by_creation")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan(since, PhotoOrder.PUBLISHED, 5))
        .contains("photo_by_publication")
        .doesNotContain("TEMP B-TREE");
  }

  @Test
  void findsTheFewOfAKindByTheirIndex() {
    assertThat(plan(kind(null, true, null), PhotoOrder.PUBLISHED, PhotoQuery.SMALL))
        .contains("photo_by_audio");
    assertThat(plan(kind(null, false, null), PhotoOrder.PUBLISHED, PhotoQuery.SMALL))
        .contains("photo_by_publication", "photo_by_audio")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan(kind(null, null, true), PhotoOrder.PUBLISHED, PhotoQuery.SMALL))
        .contains("photo_by_publication", "photo_by_waiting", "photo_by_video_queued");
    assertThat(plan(kind(null, null, false), PhotoOrder.PUBLISHED, PhotoQuery.SMALL))
        .contains("photo_by_waiting", "photo_by_video_queued");
  }

  @Test
  void remembersALargeCountForTenSeconds() {
    PhotoLists lists = new PhotoLists(database, clock, PhotoQuery.SMALL, 5);
    PhotoFilter all = named("all").filter().unpublished(true);
    assertThat(lists.count(all)).isEqualTo(60);
    add(61);
    assertThat(lists.count(all)).isEqualTo(60);
    clock.pass(Counts.FRESH);
    assertThat(lists.count(all)).isEqualTo(61);
  }

  /** All sets are large here: however few photos they share, many are gone through to tell. */
  @Test
  void remembersASmallCountOfLargeSetsToo() {
    PhotoLists lists = new PhotoLists(database, clock, 5, Counts.EXACT);
    PhotoFilter both = named("both tags").filter();
    long before = lists.count(both);
    database.write(
        tx -> {
          for (long n = 1; n <= PHOTOS; n++) {
            photos.delete(tx, n);
          }
          return null;
        });
    assertThat(lists.count(both)).isEqualTo(before);
    clock.pass(Counts.FRESH);
    assertThat(lists.count(both)).isZero();
  }

  @Test
  void countsWhatIsFewEachTime() {
    PhotoLists lists = new PhotoLists(database, clock, PhotoQuery.SMALL, Counts.EXACT);
    PhotoFilter all = named("all").filter();
    assertThat(lists.count(all)).isEqualTo(54);
    add(61);
    assertThat(lists.count(all)).isEqualTo(55);
  }

  @Test
  void givesTheFirstPageWhileManyAskForPagesFarBack() throws InterruptedException {
    assertGivesTheFirstPageWhile(
        1, (lists, reader) -> page(lists, PhotoFilter.PUBLISHED, 1_000_000 + reader));
  }

  @Test
  void givesTheFirstPageWhileManySearch() throws InterruptedException {
    assertGivesTheFirstPageWhile(1, (lists, reader) -> page(lists, search(reader), 0));
  }

  /** They ask for the time once more before they take a turn: of the count that is kept. */
  @Test
  void givesTheFirstPageWhileManyAskHowManyPhotosASearchFinds() throws InterruptedException {
    assertGivesTheFirstPageWhile(2, (lists, reader) -> lists.count(search(reader)));
  }

  /** A search of its own for each, as equal ones may be counted once for all who ask. */
  private static PhotoFilter search(int reader) {
    return filter(null, List.of(), false, "HARB fou " + reader, null);
  }

  /**
   * @param ask which of a reader's questions for the time, from 1, comes within its turn
   */
  private void assertGivesTheFirstPageWhile(int ask, ObjIntConsumer<PhotoLists> other)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch let = new CountDownLatch(1);
    Map<Thread, Integer> asked = new ConcurrentHashMap<>();
    Clock held =
        new AskedClock(
            clock,
            () -> {
              if (asked.merge(Thread.currentThread(), 1, Integer::sum) == ask) {
                pause(reached, let);
              }
            });
    PhotoLists slow = new PhotoLists(database, held, PhotoQuery.SMALL, Counts.EXACT);
    List<Thread> readers =
        IntStream.range(0, 4)
            .mapToObj(reader -> new Thread(() -> other.accept(slow, reader)))
            .toList();
    readers.forEach(Thread::start);
    try {
      Await.until(
          "all wait",
          () -> reached.getCount() == 0 && readers.stream().allMatch(PhotoListsTest::isWaiting));
      PhotoLists lists = new PhotoLists(database, clock, PhotoQuery.SMALL, Counts.EXACT);
      assertThat(page(lists, PhotoFilter.PUBLISHED, 0)).hasSize(5);
    } finally {
      let.countDown();
      for (Thread reader : readers) {
        reader.join();
      }
    }
  }

  private static List<ListedPhoto> page(PhotoLists lists, PhotoFilter filter, long offset) {
    return lists.page(filter, PhotoOrder.TITLE, true, 5, offset);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  /** Says that it is reached, and goes on once it may. */
  private static void pause(CountDownLatch reached, CountDownLatch let) {
    reached.countDown();
    try {
      let.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
