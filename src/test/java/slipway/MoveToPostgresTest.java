package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.db.Database;
import slipway.db.Identity;
import slipway.harness.NeedsPostgres;
import slipway.harness.TestPostgres;
import slipway.harness.TestedDatabase;
import slipway.photo.Refolding;

@NeedsPostgres
class MoveToPostgresTest {
  private Path data;
  private Map<String, String> settings;

  @BeforeEach
  void begin() throws IOException {
    data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "moved-");
    settings =
        Map.of(
            "slipway.data", data.toString(),
            "slipway.database", TestPostgres.newDatabase(),
            "slipway.secret-key", "0123456789abcdef".repeat(4));
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void end() {
    settings.keySet().forEach(System::clearProperty);
    FileUtils.deleteQuietly(data.toFile());
  }

  /** As a command is run in any folder, such as one that has the data folder in it. */
  @Test
  void copiesAFolderBelowTheOneThatItIsRunIn() throws Exception {
    try (Database database = TestedDatabase.SQLITE.open(data.resolve("slipway.db"))) {
      Identity.write(database, "one");
      new Refolding(database).start().close();
    }
    assertThat(MoveToPostgres.copy(List.of())).containsEntry("photo", 0L);
  }
}
