package slipway.http.photo;

import java.util.List;
import java.util.Optional;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.photo.Album;
import slipway.photo.Albums;
import slipway.photo.ListedPhoto;
import slipway.photo.Photo;
import slipway.photo.PhotoAlbums;
import slipway.photo.PhotoFilter;
import slipway.photo.PhotoLists;
import slipway.photo.PhotoOrder;
import slipway.photo.Photos;
import slipway.photo.user.Users;

/**
 * {@code photo/list}: the photos that pass the filters. Anyone who knows a photo's token sees it,
 * published or not, even on a closed site; anyone who knows an album's token sees what is published
 * in it.
 */
public final class ListPhotos extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<PhotoOrder> ORDER_BY = Paging.orderBy(PhotoOrder.PUBLISHED);
  private static final Parameter<Boolean> ORDER = Paging.order().orElse(false);

  private final transient PhotoLists lists;
  private final transient Photos photos;
  private final transient Albums albums;
  private final transient Users users;
  private final transient VisiblePhoto visible;
  private final transient PhotoFilters filters;
  private final transient List<Parameter<?>> parameters;

  /** The method, with the parts it works on. */
  public ListPhotos(
      Api api,
      PhotoLists lists,
      VisiblePhoto visible,
      Albums albums,
      Users users,
      TextParameters texts) {
    super(api, PermissionLevel.NONE);
    this.lists = lists;
    this.visible = visible;
    this.photos = visible.photos();
    this.albums = albums;
    this.users = users;
    this.filters = new PhotoFilters(texts);
    this.parameters =
        Parameter.all(filters.parameters(), List.of(ORDER_BY, ORDER), Paging.PARAMETERS);
  }

  @Override
  protected boolean isLong() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return parameters;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters given = call.parameters();
    Caller caller = call.caller();
    PermissionLevel level = caller.level();
    if (!PhotoFilters.TOKEN.isGiven(given)) {
      // Checked before anything reveals whether there is such a photo or album.
      checkMaySee(caller, given);
    }
    boolean knowsPhoto = knowsPhoto(given);
    boolean knowsAlbum = !knowsPhoto && knowsAlbum(given);
    if (PhotoFilters.isForReaders(given)) {
      require(caller, PermissionLevel.READ);
    }
    boolean mayRead = level.includes(PermissionLevel.READ);
    boolean isOne = PhotoFilters.PHOTO.isGiven(given);
    boolean unpublished = PhotoFilters.unpublished(given) || knowsPhoto || (isOne && mayRead);
    PhotoFilter filter = filters.parse(given, unpublished);
    checkObjects(filter, mayRead || knowsPhoto || knowsAlbum);
    if (isOne && !unpublished) {
      checkPublic(filter.photoId());
    }
    if (PhotoFilters.related(given).isPresent()) {
      visible.check(PhotoFilters.related(given).get(), caller);
    }
    PhotoOrder order = ORDER_BY.of(given);
    boolean ascending = ORDER.of(given);
    Paging paging = Paging.of(given);
    long total = lists.count(filter);
    // Finding nothing may take a look at every photo, so it is not done twice.
    List<ListedPhoto> page =
        total <= paging.offset()
            ? List.of()
            : lists.page(filter, order, ascending, paging.size(), paging.offset());
    Long known = knowsAlbum ? filter.of().albumId() : null;
    List<Reply.Item> items =
        page.stream()
            .map(
                listed -> {
                  PhotoAlbums in = listed.albums();
                  return PhotoItem.of(listed, mayRead ? in.ids() : in.open(known), call.site());
                })
            .toList();
    Reply reply = paging.reply("The photos are listed", "photos", items, total);
    return isOne ? reply.withOne("photo") : reply;
  }

  /** Whatever the other filters leave. */
  private void checkPublic(long photoId) throws ApiException {
    if (!visible.isPublic(PhotoParameter.find(photos, photoId))) {
      throw new ApiException(
          ErrorCode.TOKEN_REQUIRED,
          "This photo is not published: give its token, or a key of level read.");
    }
  }

  /** Whether the caller gives the token of the requested photo. */
  private boolean knowsPhoto(Parameters parameters) throws ApiException {
    Optional<String> token = PhotoFilters.TOKEN.find(parameters);
    Optional<Long> id = PhotoFilters.PHOTO.find(parameters);
    if (id.isEmpty()) {
      return false;
    }
    Photo photo = PhotoParameter.find(photos, id.get());
    if (token.isPresent() && photos.find(photo.photoId(), token.get()).isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PHOTO_TOKEN, "This token does not belong to this photo.");
    }
    return token.isPresent();
  }

  /** Whether the caller requests an album, and no photo, with its token. */
  private boolean knowsAlbum(Parameters parameters) throws ApiException {
    Optional<String> token = PhotoFilters.TOKEN.find(parameters);
    if (token.isEmpty()) {
      return false;
    }
    long id =
        PhotoFilters.ALBUM
            .find(parameters)
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "token", "given together with the photo_id or album_id it belongs to"));
    AlbumParameter.checkToken(albums.find(id).orElseThrow(AlbumParameter::missing), token.get());
    return true;
  }

  /** On a closed site, one photo or album is shown to anyone who gives its token. */
  private static void checkMaySee(Caller caller, Parameters given) throws ApiException {
    boolean isOne = PhotoFilters.PHOTO.isGiven(given) || PhotoFilters.ALBUM.isGiven(given);
    if (isOne && !caller.level().includes(PermissionLevel.ANONYMOUS)) {
      throw new ApiException(
          ErrorCode.TOKEN_REQUIRED,
          "This site is closed: give the token of the photo or album, or a key of level read.");
    }
    require(caller, PermissionLevel.ANONYMOUS);
  }

  private static void require(Caller caller, PermissionLevel required) throws ApiException {
    if (!caller.level().includes(required)) {
      throw ApiException.denied(required, caller);
    }
  }

  private void checkObjects(PhotoFilter filter, boolean mayKnowHidden) throws ApiException {
    if (filter.of().albumId() != null) {
      Album album = albums.find(filter.of().albumId()).orElseThrow(AlbumParameter::missing);
      if (album.hidden() && !mayKnowHidden) {
        throw AlbumParameter.hidden();
      }
    }
    if (filter.of().userId() != null && !users.exists(filter.of().userId())) {
      throw new ApiException(ErrorCode.NO_SUCH_USER, "No user has this user_id.");
    }
  }
}
