package slipway.photo;

import java.util.List;
import java.util.Set;

/**
 * The albums that a photo is in.
 *
 * @param ids all of them, in order
 * @param hidden those of them that the public does not know of
 */
public record PhotoAlbums(List<Long> ids, Set<Long> hidden) {
  /**
   * Those that the public may know of.
   *
   * @param known a hidden one whose token was given; null for none
   */
  public List<Long> open(Long known) {
    return ids.stream().filter(id -> !hidden.contains(id) || id.equals(known)).toList();
  }
}
