package slipway.photo;

import java.util.List;
import slipway.license.License;

/**
 * A photo with the further facts that a list shows.
 *
 * @param owner the names of its owner
 * @param tags in the order they were given
 * @param albums those it is in
 * @param popularity its views, comments and ratings
 * @param license what others may do with it
 * @param renditions its renditions
 * @param tracks the texts that go with its time
 */
public record ListedPhoto(
    Photo photo,
    OwnerNames owner,
    List<String> tags,
    PhotoAlbums albums,
    Popularity popularity,
    License license,
    RenditionFiles renditions,
    TextTracks tracks) {
  /** Its owner's; empty for an anonymous upload. */
  public String username() {
    return owner.username();
  }

  /** Its owner's; empty for an anonymous upload. */
  public String displayName() {
    return owner.displayName();
  }

  /** The name under which people know its owner; empty for an anonymous upload. */
  public String ownerName() {
    return displayName().isEmpty() ? username() : displayName();
  }
}
