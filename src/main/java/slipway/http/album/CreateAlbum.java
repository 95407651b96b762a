package slipway.http.album;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Owner;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.Album;
import slipway.photo.Albums;
import slipway.photo.user.Users;

/** {@code album/create}: makes an album. */
public final class CreateAlbum extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final String EMPTY = "must not be empty once HTML tags are removed.";
  private static final Parameter<Boolean> HIDDEN = AlbumParameter.HIDDEN.orElse(false);
  private static final Parameter<Boolean> NOTIFIED = AlbumParameter.NOTIFIED.orElse(true);

  private final transient Albums albums;
  private final transient Users users;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public CreateAlbum(Api api, Albums albums, Users users, TextParameters texts) {
    super(api, PermissionLevel.WRITE);
    this.albums = albums;
    this.users = users;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        texts.title().required(),
        texts.description(),
        HIDDEN,
        NOTIFIED,
        Owner.ID.words("Owner; only a super caller may choose."));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    String title = texts.title().of(parameters);
    if (title.isEmpty()) {
      String what = texts.title().isGiven(parameters) ? EMPTY : "is required: the album's title.";
      throw new ApiException(ErrorCode.COULDNT_CREATE_ALBUM, "The parameter 'title' " + what);
    }
    Long owner = Owner.of(parameters, call.caller(), users);
    Album album =
        albums.add(
            title,
            texts.description().of(parameters),
            owner,
            HIDDEN.of(parameters),
            NOTIFIED.of(parameters));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("album_id", Long.toString(album.albumId()));
    fields.put("token", album.token());
    return Reply.of("The album was created", "album", fields);
  }
}
