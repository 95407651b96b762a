package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Texts that were kept before there were limits. */
@Tag("faults")
class LongTextsIT {
  private static final int PHOTOS = 100;
  private static final int LENGTH = 1_000_000;
  private static final int AT_A_TIME = 20;
  private static final int MOST_TRIES = 60;

  @Test
  void listsThemWithLittleMemory() throws Exception {
    try (Server server = Server.on(Container.JETTY_12).jvm("-Xmx256m").start()) {
      Catalogue site = new Catalogue(server);
      String first = site.photo("title", "First");
      site.make("album/create", "album_id", "title", "An album");
      server.stop();
      lengthen(server);
      server.restart();
      for (String format : List.of("xml", "json")) {
        for (Answer answer : atATime(server, "/api/photo/list?size=100&format=" + format)) {
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.body().length).isBetween(1 << 19, 8 << 20);
        }
      }
      checkList(site);
      checkOne(site, first);
      for (String path :
          List.of(
              "/api/album/list?size=100&format=json", "/api/photo/list?photo_id=" + first, "/")) {
        assertThat(atATime(server, path)).allMatch(answer -> answer.status() == 200);
      }
      assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }
  }

  private static void checkList(Catalogue site) {
    Answer answer = site.visit("photo/list", "format", "json", "size", "100", "orderby", "created");
    JsonArray photos = answer.json().getAsJsonArray("photos");
    assertThat(photos).hasSize(PHOTOS);
    assertThat(answer.json().get("total_count").getAsString()).isEqualTo("" + PHOTOS);
    for (int i = 0; i < PHOTOS; i++) {
      JsonObject photo = photos.get(i).getAsJsonObject();
      assertThat(photo.get("photo_id").getAsInt()).isEqualTo(PHOTOS - i);
      assertThat(photo.get("title").getAsString()).hasSize(501).endsWith("…");
      assertThat(photo.get("content").getAsString()).startsWith("<b>x x").endsWith("…</b>");
      assertThat(photo.get("content_text").getAsString()).startsWith("x x").endsWith("…");
    }
  }

  private static void checkOne(Catalogue site, String photoId) {
    JsonObject photo =
        site.visit("photo/list", "format", "json", "photo_id", photoId)
            .json()
            .getAsJsonArray("photos")
            .get(0)
            .getAsJsonObject();
    assertThat(photo.get("content").getAsString()).hasSize(LENGTH);
    assertThat(photo.get("tags").getAsString().split(" ")).hasSize(100);
  }

  private static List<Answer> atATime(Server server, String path) throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      Callable<Answer> visit = () -> answered(server, path);
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> each :
          visitors.invokeAll(IntStream.range(0, 3 * AT_A_TIME).mapToObj(i -> visit).toList())) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      visitors.shutdownNow();
    }
  }

  /** Lists wait for each other, and are told to come later where that takes long. */
  private static Answer answered(Server server, String path) throws InterruptedException {
    Answer answer = ApiClient.of(server).get(path);
    for (int i = 0; i < MOST_TRIES && answer.status() == 503; i++) {
      assertThat(answer.header("Retry-After")).isPresent();
      Thread.sleep(500);
      answer = ApiClient.of(server).get(path);
    }
    return answer;
  }

  private static void lengthen(Server server) throws SQLException {
    String text = "'<b>' || replace(hex(zeroblob(" + (LENGTH - 8) / 2 + ")), '00', 'x ') || ";
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + server.data().resolve("slipway.db"));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update photo set title = replace(hex(zeroblob(5000)), '00', 'tt'), description = "
              + text
              + "'y</b>'");
      statement.execute(
          """
          insert into photo (token, tree_id, media_key, title, description, published, filename,
            content_type, size, published_at, created_at, counted)
          with recursive ns (n) as (select 2 union all select n + 1 from ns where n < 100)
          select substr(token, 4) || n || 'abcdefgh', tree_id, media_key || n, title, description,
            published, filename, content_type, size, published_at, created_at + n, counted
          from photo, ns""");
      statement.execute(
          """
          insert into photo_tag (photo_id, tag, position)
          with recursive ns (n) as (select 0 union all select n + 1 from ns where n < 5000)
          select photo_id, 'tag' || n, n from photo, ns where photo_id <= 5""");
      statement.execute("update album set description = (select description from photo limit 1)");
      statement.execute(
          """
          insert into album (token, title, description, created_at)
          with recursive ns (n) as (select 2 union all select n + 1 from ns where n < 100)
          select token || n, title, description, created_at from album, ns""");
    }
  }
}
