package slipway.http.viewlink;

import java.time.Clock;
import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.Album;
import slipway.photo.Albums;
import slipway.photo.viewlink.ViewLinks;

/**
 * {@code album/get-view-link}: makes a link that ends, to look at an album with what is not
 * published in it. No row is kept of it.
 */
public final class GetAlbumViewLink extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Albums albums;
  private final transient ViewLinks links;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public GetAlbumViewLink(Api api, Albums albums, ViewLinks links, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.albums = albums;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(List.of(AlbumParameter.ID), ViewLinkReply.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Album album = AlbumParameter.required(albums, parameters);
    return ViewLinkReply.of(
        links.of(
            album, ViewLinkReply.until(parameters, clock), ViewLinkReply.hasOriginals(parameters)),
        call);
  }
}
