package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.db.Database;
import slipway.harness.NewDatabase;
import slipway.photo.user.Users;

/** Lists go through an index in their order: a page costs no look at every row. */
class ListPlansTest {
  private static final Map<String, Object> BOUND =
      Map.of(
          "size",
          20,
          "offset",
          0,
          "titleChars",
          9,
          "descriptionChars",
          9,
          "longest",
          9,
          "userId",
          1,
          "photoId",
          1);

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = NewDatabase.open(folder.resolve("test.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String plan(String sql) {
    return plan(sql, BOUND);
  }

  private String plan(String sql, Map<String, Object> bound) {
    List<String> steps =
        database.read(
            handle ->
                handle
                    .createQuery("explain query plan " + sql)
                    .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                    .bindMap(bound)
                    .map((row, context) -> row.getString("detail"))
                    .list());
    return String.join("\n", steps);
  }

  @ParameterizedTest
  @EnumSource
  void ofAlbums(Albums.AlbumOrder order) {
    AlbumFilter.Condition all = AlbumFilter.PUBLIC.condition();
    assertThat(plan(Albums.pageSql(all, order, true))).doesNotContain("TEMP B-TREE");
    assertThat(plan(Albums.pageSql(all, order, false))).doesNotContain("TEMP B-TREE");
    assertThat(plan("select count(*) from album a" + all.where())).contains("COVERING INDEX");
  }

  @Test
  void ofTheAlbumsOfAUserOrAPhoto() {
    AlbumFilter.Condition user = new AlbumFilter(1L, null, "", false).condition();
    assertThat(plan(Albums.pageSql(user, Albums.AlbumOrder.CREATED, false)))
        .contains("album_by_user")
        .doesNotContain("TEMP B-TREE");
    AlbumFilter.Condition photo = new AlbumFilter(null, 1L, "", true).condition();
    assertThat(plan(Albums.pageSql(photo, Albums.AlbumOrder.TITLE, true)))
        .contains("SEARCH a USING INTEGER PRIMARY KEY");
  }

  @ParameterizedTest
  @EnumSource
  void ofUsers(Users.UserOrder order) {
    assertThat(plan(Users.pageSql("", order, true))).doesNotContain("TEMP B-TREE");
    assertThat(plan(Users.pageSql("", order, false))).doesNotContain("TEMP B-TREE");
  }

  @ParameterizedTest
  @CsvSource({
    "TAG, true, tag_by_name",
    "TAG, false, tag_by_kind",
    "COUNT, true, tag_by_count",
    "COUNT, false, tag_by_kind_and_count"
  })
  void ofTags(TagLists.TagOrder order, boolean machine, String index) {
    String from = TagLists.from("", machine, order);
    assertThat(plan(TagLists.pageSql(from, order, true)))
        .contains(index)
        .doesNotContain("TEMP B-TREE FOR ORDER BY");
    assertThat(plan("select count(*)" + from)).contains("COVERING INDEX");
  }

  @Test
  void ofTheUploadsOfATokenOrAUser() {
    assertThat(plan(uploadedBy(null, "t"))).contains("SEARCH x USING INDEX photo_by_upload_token ");
    assertThat(plan(uploadedBy(1L, null))).contains("SEARCH x USING COVERING INDEX photo_by_user ");
  }

  private String uploadedBy(Long user, String token) {
    PhotoFilter filter = PhotoFilter.PUBLISHED.of(null, user, token);
    List<PhotoSet> sets = database.read(handle -> PhotoSets.of(handle, filter));
    return sets.get(0).numbers().replace("?", "1");
  }

  @ParameterizedTest
  @EnumSource
  void ofNeighboursBeginsAtThePhoto(Neighbours.Side side) {
    String index = "SEARCH photo USING INDEX photo_by_publication ";
    Map<String, Object> bound = Map.of("latest", 9, "behind", false, "now", 9, "at", 5, "id", 1);
    String sign = side == Neighbours.Side.NEWER ? ">" : "<";
    assertThat(plan(side.ofSameMoment(), bound))
        .isEqualTo(index + "(published_at=? AND photo_id" + sign + "?)");
    assertThat(plan(side.ofOthers(), bound)).isEqualTo(index + "(published_at" + sign + "?)");
  }
}
