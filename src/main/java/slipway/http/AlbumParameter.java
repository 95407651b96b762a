package slipway.http;

import java.util.List;
import slipway.photo.Album;
import slipway.photo.Albums;

/** The parameter album_id of the methods on one album, and of those that put photos into albums. */
public final class AlbumParameter {
  /** The one album, which must be given. */
  public static final Parameter<Long> ID =
      Parameter.id("album_id").required("the number of an album").words("The album.");

  /** Some albums; none when it is empty. */
  public static final Parameter<List<Long>> IDS = Parameter.ids("album_id");

  /** Whether it is left out of lists. */
  public static final Parameter<Boolean> HIDDEN =
      Parameter.flag("hide_p")
          .words("1: left out of lists and the gallery, and shown to anyone who has its token.");

  /** Whether its owner is told by e-mail of what comes into it. */
  public static final Parameter<Boolean> NOTIFIED =
      Parameter.flag("notify")
          .words(
              "0: no e-mail, where the site sends any, about files that visitors send into the"
                  + " album. Default is 1.");

  private AlbumParameter() {}

  /** The album that album_id names, which must be given. */
  public static Album required(Albums albums, Parameters parameters) throws ApiException {
    return find(albums, ID.of(parameters));
  }

  /** The album of that number. */
  public static Album find(Albums albums, long id) throws ApiException {
    return albums.find(id).orElseThrow(AlbumParameter::missing);
  }

  /**
   * Checks a token against the album's.
   *
   * @throws ApiException when it is not
   */
  public static void checkToken(Album album, String token) throws ApiException {
    if (!album.hasToken(token)) {
      throw new ApiException(
          ErrorCode.INVALID_ALBUM_TOKEN, "This token does not belong to this album.");
    }
  }

  /** The error for a hidden album that is requested without its token, below level read. */
  public static ApiException hidden() {
    return new ApiException(
        ErrorCode.TOKEN_REQUIRED, "This album is hidden: give its token, or a key of level read.");
  }

  /** The error for an album that does not exist. */
  public static ApiException missing() {
    return new ApiException(ErrorCode.NO_SUCH_ALBUM, "No album has this album_id.");
  }
}
