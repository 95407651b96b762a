package slipway.photo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.details.Folding;

/**
 * Which albums a list contains. Null means no restriction.
 *
 * @param userId their owner
 * @param photoId a photo in them
 * @param search text in their title, without regard to case; empty for any
 * @param hidden whether hidden ones are included
 */
public record AlbumFilter(Long userId, Long photoId, String search, boolean hidden) {
  /** All albums that the public sees. */
  public static final AlbumFilter PUBLIC = new AlbumFilter(null, null, "", false);

  /** The condition on the table's alias a, with what it binds by name. */
  Condition condition() {
    Condition condition = new Condition(new ArrayList<>(), new LinkedHashMap<>());
    if (!hidden) {
      condition.and("not a.hidden");
    }
    if (userId != null) {
      condition.and("a.user_id = :userId").bind("userId", userId);
    }
    if (photoId != null) {
      condition
          .and("a.album_id in (select x.album_id from photo_album x where x.photo_id = :photoId)")
          .bind("photoId", photoId);
    }
    String text = Folding.search(search);
    if (!text.isEmpty()) {
      condition
          .and("a.title_folded like :pattern escape '!'")
          .bind("pattern", "%" + text.replaceAll("([!%_])", "!$1") + "%");
    }
    return condition;
  }

  /**
   * A part of a statement.
   *
   * @param terms all of which must hold
   * @param values what they bind, by name
   */
  record Condition(List<String> terms, Map<String, Object> values) {
    private Condition and(String term) {
      terms.add(term);
      return this;
    }

    private void bind(String name, Object value) {
      values.put(name, value);
    }

    String where() {
      return terms.isEmpty() ? "" : " where " + String.join(" and ", terms);
    }
  }
}
