package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.TextLimits;
import slipway.harness.SetClock;
import slipway.health.StillAtWorkException;
import slipway.photo.user.User;
import slipway.photo.user.Users;

/** A catalogue from before names were folded has them folded, a step at a time. */
class RefoldingTest {
  private static final String NFC = "\u00e9t\u00e9";
  private static final String NFD = "e\u0301te\u0301";

  /** As a start leaves it, which takes longest. */
  @TempDir static Path started;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;

  @BeforeAll
  static void start() throws IOException, SQLException {
    Path file = started.resolve("old.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure().dataSource(url, null, null).target("29?").load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      fill(statement);
      connection.commit();
    }
    Database.open(file).close();
  }

  @BeforeEach
  void open() throws IOException {
    database = Database.open(Files.copy(started.resolve("old.db"), folder.resolve("old.db")));
  }

  private static void fill(Statement old) throws SQLException {
    for (String name : List.of("Øystein", "øystein", "Anna")) {
      old.execute(
          "insert into app_user (username, email, created_at) values ('%1$s', '%1$s@a', 0)"
              .formatted(name));
    }
    old.execute("insert into album (token, title, created_at) values ('', 'ÆRØ', 0)");
    photo(old, 1, "Zebra", "straße", "sea", NFD);
    photo(old, 2, "äpple", "zoo", "Sea", NFC);
    photo(old, 3, "Åse", "zoo", "SEA", "sea");
    photo(old, 4, "apple", "zoo", "Sea", "SEA");
    photo(old, 5, "", "zoo", "Sea", "one");
    old.execute("update photo set description = '<b>Ære</b>' where photo_id = 2");
    old.execute("update photo set description = 'ærb' where photo_id = 3");
    old.execute("update photo set description = '&amp;' where photo_id = 4");
    old.execute("update photo set published = false, counted = false where photo_id = 5");
    old.execute(
        """
        insert into tag (tag, photo_count)
        select tag, count(*) from photo_tag where photo_id < 5 group by tag""");
  }

  private static void photo(Statement old, int id, String title, String word, String... tags)
      throws SQLException {
    old.execute(
        """
        insert into photo (photo_id, token, tree_id, media_key, title, description, published,
          filename, content_type, size, published_at, created_at, counted)
        values (%d, '', 1, 'key%d', '%s', '', true, 'a.jpg', 'image/jpeg', 1, 0, 0, true)"""
            .formatted(id, id, title));
    old.execute("insert into photo_word values (%d, '%s')".formatted(id, word));
    for (String tag : tags) {
      old.execute(
          "insert into photo_tag (photo_id, tag, position) values (%d, '%s', 0)"
              .formatted(id, tag));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<Long> found(PhotoOrder order, String search, String... tags) {
    PhotoFilter filter =
        PhotoFilter.PUBLISHED.tagged(List.of(tags), true).search(search).unpublished(true);
    return new PhotoLists(database, clock, TextLimits.DEFAULT)
        .page(filter, order, true, 100, 0).stream()
            .map(listed -> listed.photo().photoId())
            .toList();
  }

  private List<String> tags() {
    return new TagLists(database, clock)
        .page("", true, TagLists.TagOrder.TAG, true, 10, 0).items().stream()
            .map(tag -> tag.tag() + " " + tag.count())
            .toList();
  }

  private void assertFolded() {
    Users users = new Users(database, clock);
    assertThat(users.page("ØY", Users.UserOrder.USERNAME, true, 10, 0).items())
        .extracting(User::username)
        .containsExactly("Øystein", "øystein");
    assertThat(users.find("Øystein")).map(User::userId).contains(1L);
    assertThat(users.find("øystein")).map(User::userId).contains(2L);
    assertThat(users.tryAdd("ØYSTEIN", "", "")).isEmpty();
    assertThat(users.tryAdd("ANNA", "", "")).isEmpty();
    assertThat(
            new Albums(database, clock, TextLimits.DEFAULT)
                .page(
                    new AlbumFilter(null, null, "ærø", false), Albums.AlbumOrder.TITLE, true, 9, 0)
                .total())
        .isEqualTo(1);
    assertThat(tags()).containsExactly("sea 4", NFD + " 2");
    assertThat(found(PhotoOrder.CREATED, "", "SEA")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(users.page("", Users.UserOrder.EMAIL, true, 10, 0).items())
        .extracting(User::email)
        .startsWith("Anna@a", "Øystein@a", "øystein@a");
    assertThat(found(PhotoOrder.CREATED, "", NFC)).containsExactly(1L, 2L);
    assertThat(found(PhotoOrder.TITLE, "")).containsExactly(5L, 4L, 1L, 2L, 3L);
    assertThat(found(PhotoOrder.WORDS, "")).containsExactly(1L, 5L, 4L, 3L, 2L);
    assertThat(found(PhotoOrder.CREATED, "STRASSE")).containsExactly(1L);
    assertThat(rows("select tag from photo_tag where photo_id = 4")).containsExactly("sea");
    assertThat(rows("select what from refold union all select tag from tag_twin")).isEmpty();
    assertThat(
            rows(
                "select name from sqlite_master where name in ('photo_by_title', 'photo_by_words')"))
        .isEmpty();
  }

  private List<String> rows(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void listsEverythingBeforeAndFoldsItInStepsOfAnySize() {
    assertThat(found(PhotoOrder.TITLE, "")).containsExactly(5L, 4L, 1L, 3L, 2L);
    assertThat(found(PhotoOrder.WORDS, "")).containsExactly(1L, 5L, 4L, 2L, 3L);
    assertThat(found(PhotoOrder.CREATED, "", "Sea")).containsExactly(2L, 4L, 5L);
    Refolding steps = new Refolding(database, 1);
    long count = Stream.generate(steps::step).takeWhile(more -> more).count();
    assertThat(count).isBetween(15L, 100L);
    assertFolded();
  }

  @Test
  void foldsASmallCatalogueBeforeTheFirstRequest() throws InterruptedException {
    try (Refolding refolding = new Refolding(database).start()) {
      assertFolded();
      assertThat(refolding.step()).isFalse();
    }
  }

  /** As soon as the new version takes names, old ones yet to be folded or not. */
  @Test
  void takesNewNamesInBetween() {
    Users users = new Users(database, clock);
    assertThat(users.tryAdd("ANNA", "", "")).isPresent();
    assertThat(users.tryAdd("Anna", "", "")).isEmpty();
    NewPhoto photo =
        SamplePhoto.of(
            "new",
            new Details(null, List.of(), "Ænd", CleanHtml.NONE, "SeA one", true, null, null));
    database.write(tx -> new Photos(database, clock).add(tx, photo));
    Refolding steps = new Refolding(database, 2);
    while (steps.step()) {
      // To the end.
    }
    assertThat(tags()).containsExactly("one 1", "sea 5", NFD + " 2");
    assertThat(found(PhotoOrder.TITLE, "")).containsExactly(5L, 4L, 1L, 2L, 3L, 6L);
    assertThat(users.find("anna")).isPresent();
    assertThat(users.tryAdd("aNNA", "", "")).isEmpty();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void goesOnInAThreadWhereTheStartAllowsNoTime() throws Exception {
    try (Refolding refolding = new Refolding(database, 1).start(0)) {
      while (!rows("select what from refold").isEmpty()) {
        Thread.onSpinWait();
      }
      assertFolded();
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void isNotWaitedForWhereAStepHangs() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Thread writer =
        new Thread(
            new FutureTask<>(
                () ->
                    database.write(
                        tx -> {
                          hangs.countDown();
                          return released.await(20, TimeUnit.SECONDS);
                        })));
    writer.start();
    hangs.await();
    try (Refolding refolding = new Refolding(database, 1).start(-1)) {
      while (!isInStep()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> refolding.close(10)).isInstanceOf(StillAtWorkException.class);
      released.countDown();
    }
    writer.join();
  }

  private static boolean isInStep() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("slipway-refolding"))
        .flatMap(each -> Stream.of(each.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("write"));
  }
}
