package slipway.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;

/** Subtitles from before languages were renamed are found by the codes of today. */
class RenamedLanguagesTest {
  @TempDir Path folder;

  @Test
  void haveTheirPresentCodesOnceTheCatalogueIsOpened() throws IOException, SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("old.db");
    Flyway.configure().dataSource(url, null, null).target("58").load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement old = connection.createStatement()) {
      for (int photo = 1; photo <= 3; photo++) {
        old.execute(
            """
            insert into photo (photo_id, token, tree_id, media_key, title, description, published,
              filename, content_type, size, published_at, created_at)
            values (%1$d, '', 1, 'key%1$d', '', '', true, 'a.mp4', 'video/mp4', 1, 0, 0)"""
                .formatted(photo));
      }
      subtitle(old, 1, "iw", true, "old");
      subtitle(old, 1, "in_ID", false, "kept");
      subtitle(old, 1, "inh", false, "Ingush");
      subtitle(old, 1, "en", false, "kept");
      subtitle(old, 2, "iw", true, "old");
      subtitle(old, 2, "he", false, "new");
      subtitle(old, 2, "da", false, "kept");
      subtitle(old, 3, "ji", false, "kept");
      subtitle(old, 3, "da", true, "kept");
    }
    try (Database database = Database.open(folder.resolve("old.db"))) {
      assertThat(rows(database, 1))
          .containsExactly("en 0 kept", "he 1 old", "id_ID 0 kept", "inh 0 Ingush");
      assertThat(rows(database, 2)).containsExactly("da 0 kept", "he 1 new");
      assertThat(rows(database, 3)).containsExactly("da 1 kept", "yi 0 kept");
    }
  }

  private static void subtitle(
      Statement old, int photo, String locale, boolean isDefault, String content)
      throws SQLException {
    old.execute(
        "insert into photo_subtitle values (%d, '%s', %b, '%s')"
            .formatted(photo, locale, isDefault, content));
  }

  private static List<String> rows(Database database, int photo) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select locale || ' ' || is_default || ' ' || content from photo_subtitle
                    where photo_id = ? order by locale""")
                .bind(0, photo)
                .mapTo(String.class)
                .list());
  }
}
