package slipway.http.album;

import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.photo.Album;
import slipway.photo.Albums;

/** The parameter album_id of the methods on one album. */
final class AlbumParameter {
  private AlbumParameter() {}

  /** The album that album_id names, which must be given. */
  static Album required(Albums albums, Parameters parameters) throws ApiException {
    long id =
        parameters
            .id("album_id")
            .orElseThrow(() -> ApiException.invalid("album_id", "the number of an album"));
    return albums.find(id).orElseThrow(AlbumParameter::missing);
  }

  static ApiException missing() {
    return new ApiException(ErrorCode.NO_SUCH_ALBUM, "There is no album of this album_id.");
  }
}
