package slipway.http.album;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.CleanHtml;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.Album;
import slipway.photo.Albums;

/** {@code album/update}: changes an album; what is not given stays as it is. */
public final class UpdateAlbum extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Albums albums;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public UpdateAlbum(Api api, Albums albums, TextParameters texts) {
    super(api, PermissionLevel.WRITE);
    this.albums = albums;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        AlbumParameter.ID,
        texts.title(),
        texts.description(),
        AlbumParameter.HIDDEN,
        AlbumParameter.NOTIFIED);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Album album = AlbumParameter.required(albums, parameters);
    String title = texts.title().find(parameters).orElse(null);
    CleanHtml description = texts.description().find(parameters).orElse(null);
    if (title != null && title.isEmpty()) {
      throw new ApiException(
          ErrorCode.COULDNT_UPDATE_ALBUM,
          "The parameter 'title' must not be empty once HTML tags are removed.");
    }
    Boolean hidden = AlbumParameter.HIDDEN.find(parameters).orElse(null);
    Boolean notified = AlbumParameter.NOTIFIED.find(parameters).orElse(null);
    if (!albums.update(album.albumId(), title, description, hidden, notified)) {
      throw AlbumParameter.missing();
    }
    return Reply.of("The album was updated", "album", Map.of());
  }
}
