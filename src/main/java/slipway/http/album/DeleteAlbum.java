package slipway.http.album;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.Album;
import slipway.photo.Albums;

/** {@code album/delete}: deletes an album; the photos in it stay. */
public final class DeleteAlbum extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Albums albums;

  /** The method, with the parts it works on. */
  public DeleteAlbum(Api api, Albums albums) {
    super(api, PermissionLevel.WRITE);
    this.albums = albums;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(AlbumParameter.ID);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Album album = AlbumParameter.required(albums, call.parameters());
    if (!albums.delete(album.albumId())) {
      throw AlbumParameter.missing();
    }
    return Reply.of("The album was deleted", "album", Map.of());
  }
}
