package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NewDatabase;
import slipway.harness.SetClock;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadRefusedException;

/** Refusals of uploads whose chunks may still be on their way. */
class RefusedTableTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private RefusedTable table;

  @BeforeEach
  void open() throws Exception {
    database = NewDatabase.open(folder.resolve("test.db"));
    table = new RefusedTable(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static UploadKey key(String token, int number) {
    return new UploadKey(token, number + "x".repeat(1_000), 1);
  }

  private void add(UploadKey key, Duration kept) {
    add(key, "", kept);
  }

  private void add(UploadKey key, String type, Duration kept) {
    database.write(
        tx -> {
          table.add(tx, key, RefusedTable.LastWord.refused(type, kept));
          return null;
        });
  }

  private static void add(Database database, RefusedTable table, UploadKey key, int length) {
    FileStart beginning = new FileStart(length, "0");
    database.write(
        tx -> {
          table.add(tx, key, RefusedTable.LastWord.stored(beginning, DAY));
          return null;
        });
  }

  @Test
  void areToldUntilTheirEnd() {
    add(key("a", 1), DAY);
    assertThat(table.typeOf(key("a", 1))).contains("");
    assertThat(table.typeOf(key("a", 2))).isEmpty();
    assertThat(table.typeOf(key("b", 1))).isEmpty();
    clock.pass(DAY);
    assertThat(table.typeOf(key("a", 1))).isEmpty();
    assertThat(table.sweep(clock.instant())).isEqualTo(1);
    assertThat(table.sweep(clock.instant())).isZero();
  }

  @Test
  void areKeptLongerWhereTheyCome() {
    add(key("a", 1), Duration.ofMinutes(1));
    add(key("a", 1), DAY);
    clock.pass(Duration.ofMinutes(2));
    assertThat(table.sweep(clock.instant())).isZero();
    assertThat(table.typeOf(key("a", 1))).contains("");
  }

  @Test
  void areFullWithAHundredOfAToken() {
    add(key("b", 0), DAY);
    for (int number = 1; number < RefusedTable.MOST_OF_TOKEN; number++) {
      add(key("a", number), DAY);
      add(database, table, key("a", -number), 1);
    }
    assertThat(table.isFull("a")).isFalse();
    add(key("a", 0), DAY);
    assertThat(table.isFull("a")).isTrue();
    assertThat(table.isFull("b")).isFalse();
    for (int number = 0; number < RefusedTable.MOST_OF_TOKEN; number++) {
      assertThat(table.typeOf(key("a", number))).contains("");
    }
    clock.pass(DAY);
    assertThat(table.isFull("a")).isFalse();
  }

  /** As of a folder that has documents beside its photos. */
  @Test
  void areTheLatestHundredOfTypesThatAreNotTaken() {
    add(key("a", 0), DAY);
    add(key("b", 1), "text/plain", DAY);
    for (int number = 1; number <= RefusedTable.MOST_OF_TOKEN + 2; number++) {
      add(key("a", number), "text/plain", DAY);
      clock.pass(Duration.ofMillis(1));
    }
    assertThat(table.isFull("a")).isFalse();
    assertThat(table.typeOf(key("a", 1))).isEmpty();
    assertThat(table.typeOf(key("a", 2))).isEmpty();
    for (int number = 3; number <= RefusedTable.MOST_OF_TOKEN + 2; number++) {
      assertThat(table.typeOf(key("a", number))).contains("text/plain");
    }
    assertThat(table.typeOf(key("a", 0))).contains("");
    assertThat(table.typeOf(key("b", 1))).contains("text/plain");
  }

  @Test
  void keepTheLongerOfTwoBeginnings() {
    UploadKey key = key("a", 1);
    for (int length : new int[] {100, 200, 150}) {
      add(database, table, key, length);
    }
    assertThat(table.beginningOf(key)).contains(new FileStart(200, "0"));
    assertThat(table.typeOf(key)).as("it was not refused").isEmpty();
    clock.pass(DAY);
    assertThat(table.beginningOf(key)).isEmpty();
  }

  /** Else one that is forgotten could be begun anew, by chunks of two files. */
  @Test
  void letNoMoreBeginOnceATokenHasTooMany() throws Exception {
    try (TestUploads all = new TestUploads(Files.createDirectory(folder.resolve("uploads")))) {
      String token = all.longToken(2);
      byte[] one = TestUploads.content(1);
      byte[] two = TestUploads.content(2);
      ResumableUpload begun = all.begin(token, "begun");
      for (int number = 0; number < RefusedTable.MOST_OF_TOKEN; number++) {
        ResumableUpload upload = all.begin(token, "a" + number);
        TestUploads.send(upload, one, 0, 400);
        assertThatThrownBy(() -> TestUploads.send(upload, two, 0, 400))
            .hasMessageContaining("Rename this file");
      }
      assertThatThrownBy(() -> all.begin(token, "b"))
          .isInstanceOf(UploadRefusedException.class)
          .hasMessageContaining("another upload token");
      assertThatThrownBy(() -> all.begin(token, "a0")).hasMessageContaining("Rename this file");
      assertThat(all.free(token)).isEqualTo(1);
      TestUploads.send(begun, one, 0, TestUploads.SIZE);
      assertThat(TestUploads.finish(begun)).as("what has begun goes on").isPresent();
      assertThat(all.create(token, false)).as("one without a name").isNotNull();
    }
  }

  @Test
  void areOfUploadsThatBeginNoMore() throws Exception {
    try (TestUploads all = new TestUploads(Files.createDirectory(folder.resolve("uploads")))) {
      String token = all.longToken(2);
      byte[] one = TestUploads.content(1);
      byte[] two = TestUploads.content(2);
      ResumableUpload upload = all.begin(token, "a");
      TestUploads.send(upload, one, 0, 400);
      assertThatThrownBy(() -> TestUploads.send(upload, two, 0, 400))
          .isInstanceOf(UploadRefusedException.class);
      assertThat(all.free(token)).isEqualTo(2);
      for (int hours = 0; hours < 2; hours++) {
        assertThatThrownBy(() -> all.begin(token, "a"))
            .isInstanceOf(UploadRefusedException.class)
            .hasMessageContaining("Rename this file");
        assertThat(all.free(token)).isEqualTo(2);
        all.clock.pass(Duration.ofHours(20));
      }
      assertThatThrownBy(() -> all.begin(token, "a")).isInstanceOf(TokenRefusedException.class);
    }
  }

  @Test
  void tellOfTypesThatAreNotTakenInTheSameWords() throws Exception {
    try (TestUploads all =
        new TestUploads(Files.createDirectory(folder.resolve("uploads")), "video/*")) {
      String token = all.longToken(2);
      ResumableUpload upload = all.begin(token, "a");
      byte[] picture = TestUploads.content(1);
      Exception first =
          catchException(() -> TestUploads.send(upload, picture, 0, TestUploads.SIZE));
      assertThat(first).isInstanceOf(UploadRefusedException.class);
      assertThatThrownBy(() -> all.begin(token, "a")).hasMessage(first.getMessage());
      assertThat(all.free(token)).isEqualTo(2);
    }
  }
}
