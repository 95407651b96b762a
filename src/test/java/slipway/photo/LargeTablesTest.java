package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Database;
import slipway.harness.NewDatabase;

/** The largest tables keep each row once; earlier ones are taken over. */
class LargeTablesTest {
  @TempDir Path folder;

  @Test
  void keepTheRowsOfBefore() throws Exception {
    Path file = folder.resolve("old.db");
    fill("jdbc:sqlite:" + file);
    try (Database database = Database.open(file)) {
      assertThat(rows(database, "select photo_id || tag || position from photo_tag order by 1"))
          .containsExactly("1sea1", "1sun0", "2sea0");
      assertThat(rows(database, "select photo_id || word from photo_word order by 1"))
          .containsExactly("1beach", "2boat");
      assertThat(rows(database, "select photo_id || '-' || album_id from photo_album"))
          .containsExactly("1-7", "2-7");
      assertThat(
              rows(
                  database,
                  "select upload_token || idempotency_key || photo_id || filename || size"
                      + " from idempotent_upload"))
          .containsExactly("tkey1a.jpg9");
      assertThat(
              rows(database, "select photos || '-' || published || '-' || bytes from photo_total"))
          .containsExactly("2-1-4");
      assertThat(rows(database, "select latest from photo_total")).containsExactly("5");
      database.execute("delete from photo where photo_id = 2");
      assertThat(rows(database, "select tag from photo_tag where photo_id = 2")).isEmpty();
      assertThat(rows(database, "select word from photo_word where photo_id = 2")).isEmpty();
      assertThat(rows(database, "select album_id from photo_album where photo_id = 2")).isEmpty();
    }
  }

  private static void fill(String url) throws SQLException {
    Flyway.configure().dataSource(url, null, null).target("62").load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement old = connection.createStatement()) {
      old.execute("insert into album (album_id, token, title, created_at) values (7, '', '', 0)");
      for (int id = 1; id <= 2; id++) {
        old.execute(
            """
            insert into photo (photo_id, token, tree_id, media_key, title, description, published,
              filename, content_type, size, published_at, created_at, counted)
            values (%1$d, '', 1, 'key%1$d', '', '', %1$d = 1, 'a.jpg', 'image/jpeg', 2, 4 + %1$d, 0,
              %1$d = 1)"""
                .formatted(id));
        old.execute("insert into photo_album values (" + id + ", 7)");
      }
      old.execute("insert into photo_tag values (1, 'sun', 0), (1, 'sea', 1), (2, 'sea', 0)");
      old.execute("insert into photo_word values (2, 'boat'), (1, 'beach')");
      old.execute(
          """
          insert into upload_token (token, return_url, album_id, title, description, tags, publish,
            valid_minutes, max_uploads, valid_until) values ('t', '', '', '', '', '', 1, 15, 1, 0)""");
      old.execute("insert into idempotent_upload values ('t', 'key', 1, 'a.jpg', 9)");
    }
  }

  private static List<String> rows(Database database, String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo_tag", "photo_word", "photo_album", "idempotent_upload"})
  void haveNoSecondCopyOfTheirKey(String table) throws Exception {
    try (Database database = NewDatabase.open(folder.resolve("test.db"))) {
      assertThat(rows(database, "select wr from pragma_table_list where name = '" + table + "'"))
          .containsExactly("1");
    }
  }
}
