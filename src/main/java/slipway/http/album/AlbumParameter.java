package slipway.http.album;

import java.util.List;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.photo.Album;
import slipway.photo.Albums;

/** The parameter album_id: of the methods on one album, and of those that put photos into some. */
public final class AlbumParameter {
  /** The one album, which must be given. */
  static final Parameter<Long> ID =
      Parameter.id("album_id").required("the number of an album").words("The album.");

  /** Some albums; none when it is empty. */
  public static final Parameter<List<Long>> IDS = Parameter.ids("album_id");

  private AlbumParameter() {}

  /** The album that album_id names, which must be given. */
  static Album required(Albums albums, Parameters parameters) throws ApiException {
    return find(albums, ID.of(parameters));
  }

  /** The album of that number. */
  static Album find(Albums albums, long id) throws ApiException {
    return albums.find(id).orElseThrow(AlbumParameter::missing);
  }

  /**
   * Checks what is said to be the album's token.
   *
   * @throws ApiException when it is not
   */
  public static void checkToken(Album album, String token) throws ApiException {
    if (!album.hasToken(token)) {
      throw new ApiException(ErrorCode.INVALID_ALBUM_TOKEN, "This token is not that of the album.");
    }
  }

  /** What is wrong where there is no such album. */
  public static ApiException missing() {
    return new ApiException(ErrorCode.NO_SUCH_ALBUM, "There is no album of this album_id.");
  }
}
