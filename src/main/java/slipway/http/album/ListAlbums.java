package slipway.http.album;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.http.AlbumParameter;
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
import slipway.http.photo.VisiblePhoto;
import slipway.photo.Album;
import slipway.photo.AlbumFilter;
import slipway.photo.Albums;
import slipway.photo.Page;

/** {@code album/list}: the albums, or the one with an album_id. */
public final class ListAlbums extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ALBUM = Parameter.id("album_id").words("Only this album.");
  private static final Parameter<String> TOKEN =
      Parameter.text("token").words("The album's token, which is checked.");
  private static final Parameter<Long> USER =
      Parameter.id("user_id").words("Only those of this user.");
  private static final Parameter<Long> PHOTO =
      Parameter.id("photo_id").words("Only albums that contain this photo.");
  private static final Parameter<Boolean> WITH_HIDDEN =
      Parameter.flag("include_hidden_p")
          .orElse(false)
          .words("1: also hidden albums; requires level read.");
  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words("Only albums whose title contains this text, ignoring case.");
  private static final Parameter<Albums.AlbumOrder> ORDER_BY =
      Paging.orderBy(Albums.AlbumOrder.CREATED);
  private static final Parameter<Boolean> ORDER = Paging.order();
  private static final List<Parameter<?>> PARAMETERS =
      Parameter.all(
          List.of(ALBUM, TOKEN, USER, PHOTO, SEARCH, WITH_HIDDEN, ORDER_BY, ORDER),
          Paging.PARAMETERS);

  private final transient Albums albums;
  private final transient VisiblePhoto photos;

  /** The method, with the parts it works on. */
  public ListAlbums(Api api, Albums albums, VisiblePhoto photos) {
    super(api, PermissionLevel.ANONYMOUS);
    this.albums = albums;
    this.photos = photos;
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
    boolean hidden = WITH_HIDDEN.of(parameters);
    if (hidden && !mayRead(call)) {
      throw ApiException.denied(PermissionLevel.READ, call.caller());
    }
    Optional<Long> id = ALBUM.find(parameters);
    Page<Album> page = id.isPresent() ? one(call, id.get(), paging) : page(call, paging, hidden);
    List<Reply.Item> items = page.items().stream().map(album -> item(album, call)).toList();
    return paging.reply("The albums are listed", "albums", items, page.total());
  }

  private static boolean mayRead(ApiCall call) {
    return call.caller().level().includes(PermissionLevel.READ);
  }

  private Page<Album> one(ApiCall call, long id, Paging paging) throws ApiException {
    Album album = AlbumParameter.find(albums, id);
    Optional<String> token = TOKEN.find(call.parameters());
    if (token.isPresent()) {
      AlbumParameter.checkToken(album, token.get());
    } else if (album.hidden() && !mayRead(call)) {
      throw AlbumParameter.hidden();
    }
    return new Page<>(paging.number() == 1 ? List.of(album) : List.of(), 1);
  }

  private Page<Album> page(ApiCall call, Paging paging, boolean hidden) throws ApiException {
    Parameters parameters = call.parameters();
    if (TOKEN.isGiven(parameters)) {
      throw ApiException.invalid("token", "given together with the album_id that it belongs to");
    }
    Long photo = PHOTO.find(parameters).orElse(null);
    if (photo != null) {
      photos.check(photo, call.caller());
    }
    AlbumFilter filter =
        new AlbumFilter(USER.find(parameters).orElse(null), photo, SEARCH.of(parameters), hidden);
    Albums.AlbumOrder order = ORDER_BY.of(parameters);
    return albums.page(
        filter,
        order,
        ORDER.find(parameters).orElse(order == Albums.AlbumOrder.TITLE),
        paging.size(),
        paging.offset());
  }

  private static Reply.Item item(Album album, ApiCall call) {
    SiteFields site = call.site();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("album_id", Long.toString(album.albumId()));
    attributes.put("title", album.title());
    if (mayRead(call)) {
      attributes.put("token", album.token());
      attributes.put("hide_p", album.hidden() ? "1" : "0");
      attributes.put("notify", album.owner().notified() ? "1" : "0");
    }
    attributes.put("one", site.path() + "/album/" + album.albumId());
    attributes.put("creation_date_ansi", Timestamps.format(album.createdAt()));
    attributes.put("pretty_date", Timestamps.date(album.createdAt()));
    attributes.put("pretty_time", Timestamps.time(album.createdAt()));
    attributes.put("photo_count", Long.toString(album.photoCount()));
    Long userId = album.owner().userId();
    attributes.put("user_id", userId == null ? "" : userId.toString());
    attributes.put("username", album.owner().username());
    attributes.put("display_name", album.owner().displayName());
    attributes.put("user_url", site.userUrl(userId));
    Map<String, String> children = new LinkedHashMap<>();
    children.put("content", album.description().html());
    children.put("content_text", album.description().text());
    return new Reply.Item("album", attributes, children);
  }
}
