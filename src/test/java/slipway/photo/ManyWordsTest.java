package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Counts;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

/** A search of as many words as one has: in Chinese, each character is one. */
@OnEachDatabase
class ManyWordsTest {
  private static final int MOST = 200;
  private static final String ALL =
      IntStream.range(0, MOST)
          .mapToObj(n -> Character.toString(0x4e00 + n))
          .collect(Collectors.joining());
  private static final String ALL_BUT_ONE = ALL.substring(0, 99) + ALL.substring(100);

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private long whole;
  private int added;

  @BeforeEach
  void fill() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    whole = add(ALL);
    add(ALL_BUT_ONE);
    add("Harbour");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long add(String title) {
    Details details =
        new Details(null, List.of(), title, CleanHtml.NONE, "", true, Instant.EPOCH, null);
    return database.write(tx -> photos.add(tx, SamplePhoto.of("key" + ++added, details))).photoId();
  }

  private static PhotoFilter search(String text) {
    return PhotoFilter.PUBLISHED.search(text);
  }

  /** Led by a set, by the few that large sets share, and by the order's index. */
  @ParameterizedTest
  @ValueSource(ints = {PhotoQuery.SMALL, 40, 0})
  void findsThePhotosThatHaveEach(int small) {
    PhotoLists lists = new PhotoLists(database, clock, small, Counts.EXACT);
    assertThat(lists.page(search(ALL), PhotoOrder.CREATED, true, 20, 0))
        .extracting(listed -> listed.photo().photoId())
        .containsExactly(whole);
    assertThat(lists.count(search(ALL))).isEqualTo(1);
    assertThat(lists.count(search(ALL_BUT_ONE))).isEqualTo(2);
    assertThat(lists.count(search(ALL + "\u9fa5"))).isZero();
  }

  /** The time that PostgreSQL takes to plan joins is more than quadratic in their number. */
  @Test
  void joinsFewSets() {
    Assumptions.assumeTrue(on == TestedDatabase.POSTGRES, "The time that its planner takes");
    assertThat(plan(ALL))
        .hasSizeGreaterThan(MOST)
        .filteredOn(step -> step.contains("Join") || step.contains("Loop"))
        .hasSizeLessThan(10);
  }

  private List<String> plan(String text) {
    return database.read(
        handle -> {
          PhotoQuery query =
              PhotoQuery.ofCount(handle, search(text), clock.instant(), PhotoQuery.SMALL);
          return query.bound(handle, "explain " + query.count()).mapTo(String.class).list();
        });
  }
}
