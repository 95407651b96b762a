package slipway.http.album;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.SiteFields;
import slipway.http.Timestamps;
import slipway.photo.Album;
import slipway.photo.Albums;
import slipway.photo.Page;

/** {@code album/list}: the albums, or the one of an album_id. */
public final class ListAlbums extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ALBUM = Parameter.id("album_id").words("The one album.");
  private static final Parameter<String> TOKEN =
      Parameter.text("token").words("Its token, to be checked.");
  private static final Parameter<Long> USER = Parameter.id("user_id").words("Those of the user.");
  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words("Those whose title holds the text, without regard to case.");
  private static final Parameter<Albums.AlbumOrder> ORDER_BY =
      Paging.orderBy(Albums.AlbumOrder.CREATED);
  private static final Parameter<Boolean> ORDER = Paging.order();
  private static final List<Parameter<?>> PARAMETERS =
      Parameter.all(List.of(ALBUM, TOKEN, USER, SEARCH, ORDER_BY, ORDER), Paging.PARAMETERS);

  private final transient Albums albums;

  /** The method, with the parts it works on. */
  public ListAlbums(Api api, Albums albums) {
    super(api, PermissionLevel.ANONYMOUS);
    this.albums = albums;
  }

  @Override
  protected boolean isLong() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Paging paging = Paging.of(parameters);
    Page<Album> page = page(parameters, paging);
    List<Reply.Item> items = page.items().stream().map(album -> item(album, call.site())).toList();
    return paging.reply("The albums are listed", "albums", items, page.total());
  }

  private Page<Album> page(Parameters parameters, Paging paging) throws ApiException {
    Optional<String> token = TOKEN.find(parameters);
    Optional<Long> id = ALBUM.find(parameters);
    if (id.isPresent()) {
      Album album = AlbumParameter.find(albums, id.get());
      if (token.isPresent()) {
        AlbumParameter.checkToken(album, token.get());
      }
      return new Page<>(paging.number() == 1 ? List.of(album) : List.of(), 1);
    }
    if (token.isPresent()) {
      throw ApiException.invalid("token", "given together with the album_id it belongs to");
    }
    String search = SEARCH.of(parameters);
    Albums.AlbumOrder order = ORDER_BY.of(parameters);
    return albums.page(
        USER.find(parameters).orElse(null),
        search,
        order,
        ORDER.find(parameters).orElse(order == Albums.AlbumOrder.TITLE),
        paging.size(),
        paging.offset());
  }

  private static Reply.Item item(Album album, SiteFields site) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("album_id", Long.toString(album.albumId()));
    attributes.put("title", album.title());
    attributes.put("token", album.token());
    attributes.put("one", site.path() + "/album/" + album.albumId());
    attributes.put("creation_date_ansi", Timestamps.format(album.createdAt()));
    attributes.put("photo_count", Long.toString(album.photoCount()));
    Long userId = album.owner().userId();
    attributes.put("user_id", userId == null ? "" : userId.toString());
    attributes.put("username", album.owner().username());
    attributes.put("display_name", album.owner().displayName());
    Map<String, String> children = new LinkedHashMap<>();
    children.put("content", album.description().html());
    children.put("content_text", album.description().text());
    return new Reply.Item("album", attributes, children);
  }
}
