package slipway.photo;

import java.util.List;
import slipway.license.License;

/**
 * A photo with what a list says of it besides.
 *
 * @param username its owner's; empty for an anonymous upload
 * @param displayName its owner's; empty for an anonymous upload
 * @param tags in the order they were given
 * @param albumIds the albums it is in
 * @param reception what visitors made of it
 * @param license what others may do with it
 * @param renditions what there is of its renditions
 */
public record ListedPhoto(
    Photo photo,
    String username,
    String displayName,
    List<String> tags,
    List<Long> albumIds,
    Reception reception,
    License license,
    RenditionFiles renditions) {}
