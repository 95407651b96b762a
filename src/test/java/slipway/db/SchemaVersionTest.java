package slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class SchemaVersionTest {
  private static final Pattern NUMBER = Pattern.compile("V(\\d+)__.*");

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = on.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Of a change that is taken back, as other tests have the same database. */
  private boolean isNewestAfter(String change) {
    AtomicBoolean isNewest = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      tx.execute(change);
                      isNewest.set(SchemaVersion.isNewest(tx.getConnection()));
                      throw new IllegalStateException("taken back");
                    }))
        .hasMessage("taken back");
    return isNewest.get();
  }

  @Test
  void isNewestWithAllMigrations() {
    assertThat(isNewestAfter("update flyway_schema_history set execution_time = 1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update flyway_schema_history set success = false where version = '"
            + SchemaVersion.NEWEST
            + "'",
        "update flyway_schema_history set success = false where version = '70'",
        "delete from flyway_schema_history where version = '" + SchemaVersion.NEWEST + "'",
        "delete from flyway_schema_history",
        "update flyway_schema_history set version = '9999' where version = '"
            + SchemaVersion.NEWEST
            + "'"
      })
  void isNotNewestWithAMigrationThatIsDueOrFailedOrOfALaterVersion(String change) throws Exception {
    assertThat(isNewestAfter(change)).isFalse();
  }

  @Test
  void isNotNewestWithoutTables() {
    SQLiteDataSource empty = new SQLiteDataSource();
    empty.setUrl("jdbc:sqlite:" + folder.resolve("empty.db"));
    assertThat(SchemaVersion.isNewest(empty)).isFalse();
  }

  @Test
  void knowsTheNumberOfTheNewestMigration() throws IOException {
    for (String folder : new String[] {"migration", "postgresql"}) {
      try (Stream<Path> files = Files.list(Path.of("src/main/resources/db", folder))) {
        assertThat(
                files
                    .map(file -> NUMBER.matcher(file.getFileName().toString()).results())
                    .flatMap(results -> results.map(MatchResult::group))
                    .map(name -> NUMBER.matcher(name).replaceFirst("$1"))
                    .mapToInt(Integer::parseInt)
                    .max())
            .hasValue(SchemaVersion.NEWEST);
      }
    }
  }
}
