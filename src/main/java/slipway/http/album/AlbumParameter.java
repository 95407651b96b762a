package slipway.http.album;

import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.photo.Album;
import slipway.photo.Albums;

/** The parameter album_id of the methods on one album, and the token that goes with it. */
public final class AlbumParameter {
  private AlbumParameter() {}

  /** The album that album_id names, which must be given. */
  static Album required(Albums albums, Parameters parameters) throws ApiException {
    long id =
        parameters
            .id("album_id")
            .orElseThrow(() -> ApiException.invalid("album_id", "the number of an album"));
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
