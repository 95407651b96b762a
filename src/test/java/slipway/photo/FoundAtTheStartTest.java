package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NewDatabase;

/** What a start looks for among the photos is found by an index, however many photos there are. */
class FoundAtTheStartTest {
  @Test
  void byAnIndexInItsOrder(@TempDir Path folder) throws Exception {
    try (Database database = NewDatabase.open(folder.resolve("test.db"))) {
      assertThat(plan(database, RenditionQueue.KEPT, "video/mp4", 0, 500))
          .containsExactly(
              "SEARCH photo USING INDEX photo_by_original_only (content_type=? AND photo_id>?)");
      assertThat(plan(database, RenditionQueue.KEPT_TYPE, "video/", "video0"))
          .containsExactly(
              "SEARCH photo USING INDEX photo_by_original_only (content_type>? AND content_type<?)");
      String withoutFile = "select photo_id from photo where " + RenditionQueue.WITHOUT_FILE;
      assertThat(plan(database, withoutFile, RenditionQueue.MISSING, 1))
          .containsExactly("SEARCH photo USING INDEX photo_by_failure (rendition_reason=?)");
    }
  }

  private static List<String> plan(Database database, String sql, Object... values) {
    return database.read(
        handle ->
            handle
                .select("explain query plan " + sql, values)
                .map((row, context) -> row.getString("detail").replace("COVERING ", ""))
                .list());
  }
}
