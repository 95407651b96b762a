package slipway.photo;

import java.time.Clock;
import java.util.List;
import slipway.db.Database;

/** The tags of published photos, and which go together. */
public final class TagLists {
  /** Of a tag on more photos, the newest so many tell what is related. */
  private static final int LOOKED_AT = 10_000;

  /** Characters that a list has of a tag. */
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
  public record TagCount(String tag, long count) {}

  /** What a list of tags is ordered by. */
  public enum Order {
    TAG("tag"),
    COUNT("photo_count");

    private final String column;

    Order(String column) {
      this.column = column;
    }
  }

  /**
   * A page of the tags of published photos.
   *
   * @param prefix what they begin with; empty for all
   */
  public Page<TagCount> page(String prefix, Order order, boolean ascending, int size, long offset) {
    PhotoIndex.catchUp(database, clock.millis());
    String where = " from tag where photo_count > 0 and tag >= :prefix and tag < :end";
    String end = prefix + Character.toString(Character.MAX_CODE_POINT);
    String direction = ascending ? "" : " desc";
    return database.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "select substr(tag, 1, :longest), photo_count"
                            + where
                            + (" order by " + order.column + direction + ", tag" + direction)
                            + " limit :size offset :offset")
                    .bind("prefix", prefix)
                    .bind("end", end)
                    .bind("longest", LONGEST)
                    .bind("size", size)
                    .bind("offset", offset)
                    .map((row, context) -> new TagCount(row.getString(1), row.getLong(2)))
                    .list(),
                handle
                    .createQuery("select count(*)" + where)
                    .bind("prefix", prefix)
                    .bind("end", end)
                    .mapTo(Long.class)
                    .one()));
  }

  /** Whether a published photo has that tag. */
  public boolean exists(String tag) {
    PhotoIndex.catchUp(database, clock.millis());
    return database.read(
        handle ->
            handle
                .createQuery("select 1 from tag where tag = ? and photo_count > 0")
                .bind(0, tag)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  /** The tags that the photos with a tag have besides, those on most of them first. */
  public List<TagCount> related(String tag, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select substr(o.tag, 1, :longest), count(*) as together
                    from (select photo_id from photo_tag where tag = :tag
                        order by photo_id desc limit :lookedAt) t
                      cross join photo p cross join photo_tag o
                    where p.photo_id = t.photo_id and p.published and p.published_at <= :now
                      and o.photo_id = p.photo_id and o.tag <> :tag
                    group by o.tag order by together desc, o.tag limit :most""")
                .bind("tag", tag)
                .bind("lookedAt", LOOKED_AT)
                .bind("now", clock.millis())
                .bind("most", most)
                .bind("longest", LONGEST)
                .map((row, context) -> new TagCount(row.getString(1), row.getLong(2)))
                .list());
  }
}
