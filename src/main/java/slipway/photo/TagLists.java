package slipway.photo;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.Folding;

/** The tags of published photos, and which go together. */
public final class TagLists {
  /** For a tag on more photos, this many of the newest determine the related tags. */
  private static final int LOOKED_AT = 10_000;

  /** Characters of a tag in a list. */
  private static final int LONGEST = 1000;

  private final Database database;
  private final Clock clock;

  /** The tags of that database. */
  public TagLists(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A tag.
   *
   * @param count published photos that have it
   */
  public record TagCount(String tag, long count) {
    private static TagCount of(RowReader row) throws SQLException {
      return new TagCount(row.text("name"), row.number("photos"));
    }
  }

  /** What a list of tags is ordered by. */
  public enum TagOrder {
    TAG,
    COUNT;

    private String sql(boolean ascending) {
      String direction = ascending ? "" : " desc";
      String count = this == COUNT ? "photo_count" + direction + ", " : "";
      return " order by " + count + "folded" + direction + ", tag" + direction;
    }
  }

  /**
   * A page of the tags of published photos.
   *
   * @param prefix what they begin with; empty for all
   * @param machine whether machine tags, such as {@code product:1234}, are among them
   */
  public Page<TagCount> page(
      String prefix, boolean machine, TagOrder order, boolean ascending, int size, long offset) {
    Publications.catchUp(database, clock.millis());
    String text = Folding.search(prefix);
    String from = from(text, machine, order);
    Map<String, String> values =
        text.isEmpty() ? Map.of() : Map.of("prefix", text, "end", Folding.end(text));
    return database.scan(
        handle ->
            new Page<>(
                handle
                    .createQuery(pageSql(from, order, ascending))
                    .bindMap(values)
                    .bind("longest", LONGEST)
                    .bind("size", size)
                    .bind("offset", offset)
                    .map(RowReader.to(TagCount::of))
                    .list(),
                handle
                    .createQuery("select count(*)" + from)
                    .bindMap(values)
                    .mapTo(Long.class)
                    .one()));
  }

  /** Keeps the planner from sorting all tags by name because most have photos. */
  static String from(String prefix, boolean machine, TagOrder order) {
    return " from tag where "
        + (order == TagOrder.TAG ? "+photo_count > 0" : "photo_count > 0")
        + (machine ? "" : " and machine = false")
        + (prefix.isEmpty() ? "" : " and folded >= :prefix and folded < :end");
  }

  static String pageSql(String from, TagOrder order, boolean ascending) {
    return "select substr(tag, 1, :longest) as name, photo_count as photos"
        + from
        + order.sql(ascending)
        + " limit :size offset :offset";
  }

  /** The spelling of a tag that a published photo has. */
  public Optional<String> find(String tag) {
    Publications.catchUp(database, clock.millis());
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select tag from tag
                    where photo_count > 0 and (folded = :folded or tag = :tag)
                    order by case when folded is null then 1 else 0 end limit 1""")
                .bind("folded", Folding.fold(tag))
                .bind("tag", tag)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * The tags that the photos with a tag have besides, those on most of them first.
   *
   * @param tag as {@link #find} spells it
   */
  public List<TagCount> related(String tag, int most) {
    return database.scan(
        handle ->
            handle
                .createQuery(
                    """
                    select substr(r.tag, 1, :longest) as name, r.together as photos from (
                        select o.tag, count(*) as together
                        from (select photo_id from photo_tag where tag = :tag
                            order by photo_id desc limit :lookedAt) t
                          cross join photo p cross join photo_tag o
                        where p.photo_id = t.photo_id and p.published
                          and (p.counted or p.published_at <= :now)
                          and o.photo_id = p.photo_id and o.tag <> :tag
                        group by o.tag) r
                      left join tag n on n.tag = r.tag
                    order by r.together desc, n.folded, r.tag limit :most""")
                .bind("tag", tag)
                .bind("lookedAt", LOOKED_AT)
                .bind("now", clock.millis())
                .bind("most", most)
                .bind("longest", LONGEST)
                .map(RowReader.to(TagCount::of))
                .list());
  }
}
