package slipway.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import slipway.db.Plain;
import slipway.details.Folding;

/**
 * The one spelling of each tag. Tags that are the same when folded are one tag, spelled as the
 * first of them that was stored, for as long as a photo has it.
 */
final class TagNames {
  private TagNames() {}

  /** A tag of a photo. */
  private record Placed(String tag, String folded, int position) {}

  /** Gives tags to a photo that has none: no more than a photo may have, so it is quick. */
  static void add(Handle tx, long photoId, List<String> tags) {
    List<Placed> placed = new ArrayList<>();
    for (String tag : tags) {
      placed.add(new Placed(tag, Folding.fold(tag), placed.size()));
    }
    if (Plain.isLater(tx)) {
      addAll(tx, photoId, placed);
    } else {
      addNew(tx, photoId, addKnown(tx, photoId, placed));
    }
  }

  /** Without waiting for the answer which of them have a name. */
  private static void addAll(Handle tx, long photoId, List<Placed> tags) {
    Plain.laterEach(
        tx,
        """
        with x (tag, folded) as (values (?, ?))
        insert into tag (tag, folded, photo_count)
        select x.tag, x.folded, 0 from x
        where not exists (select 1 from tag t where t.folded = x.folded) on conflict do nothing\
        """,
        each(tags, tag -> new Object[] {tag.tag(), tag.folded()}));
    Plain.laterEach(
        tx,
        """
        with x (photo_id, folded, tag, position) as (values (?, ?, ?, ?))
        insert into photo_tag (photo_id, tag, position)
        select x.photo_id, coalesce((select t.tag from tag t where t.folded = x.folded), x.tag),
          x.position
        from x order by x.position on conflict do nothing\
        """,
        each(tags, tag -> new Object[] {photoId, tag.folded(), tag.tag(), tag.position()}));
  }

  /**
   * One statement each, as most tags have been used before.
   *
   * @return those that have no name yet
   */
  private static List<Placed> addKnown(Handle tx, long photoId, List<Placed> tags) {
    if (tags.isEmpty()) {
      return tags;
    }
    int[] added =
        Plain.executeEach(
            tx,
            """
            insert into photo_tag (photo_id, tag, position)
            select ?, tag, ? from tag where folded = ? on conflict do nothing\
            """,
            each(tags, tag -> new Object[] {photoId, tag.position(), tag.folded()}));
    return tags.stream().filter(tag -> added[tag.position()] == 0).toList();
  }

  /** An earlier spelling that is not folded yet has its row already. */
  private static void addNew(Handle tx, long photoId, List<Placed> tags) {
    if (tags.isEmpty()) {
      return;
    }
    Plain.executeEach(
        tx,
        """
        insert into tag (tag, folded, photo_count) values (?, ?, 0)
        on conflict do nothing\
        """,
        each(tags, tag -> new Object[] {tag.tag(), tag.folded()}));
    Plain.executeEach(
        tx,
        """
        insert into photo_tag (photo_id, tag, position)
        values (?, coalesce((select tag from tag where folded = ?), ?), ?)
        on conflict do nothing\
        """,
        each(tags, tag -> new Object[] {photoId, tag.folded(), tag.tag(), tag.position()}));
  }

  private static List<Object[]> each(List<Placed> tags, Function<Placed, Object[]> values) {
    return tags.stream().map(values).toList();
  }

  /** The spellings of those of some tags that have a name. */
  static List<String> of(Handle handle, List<String> tags) {
    return handle
        .createQuery("select tag from tag where folded in (<folded>)")
        .bindList("folded", tags.stream().map(Folding::fold).toList())
        .mapTo(String.class)
        .list();
  }

  /** The tags of a photo, in their order. */
  static List<String> of(Handle handle, long photoId) {
    return handle
        .createQuery("select tag from photo_tag where photo_id = ? order by position")
        .bind(0, photoId)
        .mapTo(String.class)
        .list();
  }

  /**
   * Forgets the tags that no photo but this one has, which is counted out and about to lose them.
   */
  static void forget(Handle tx, long photoId) {
    tx.execute(
        """
        delete from tag where photo_count <= 0
          and tag in (select tag from photo_tag where photo_id = ?)
          and not exists
            (select 1 from photo_tag x where x.tag = tag.tag and x.photo_id <> ?)\
        """,
        photoId,
        photoId);
  }

  /** Forgets a tag that no photo has any more. */
  static void forget(Handle tx, String tag) {
    tx.execute(
        """
        delete from tag where tag = ? and photo_count <= 0
          and not exists (select 1 from photo_tag x where x.tag = tag.tag)\
        """,
        tag);
  }
}
