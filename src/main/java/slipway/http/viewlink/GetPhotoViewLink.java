package slipway.http.viewlink;

import java.time.Clock;
import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.viewlink.ViewLinks;

/**
 * {@code photo/get-view-link}: makes a link that ends, to look at a photo, published or not. No row
 * is kept of it.
 */
public final class GetPhotoViewLink extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Photos photos;
  private final transient ViewLinks links;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public GetPhotoViewLink(Api api, Photos photos, ViewLinks links, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(List.of(PhotoParameter.ID), ViewLinkReply.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Photo photo = PhotoParameter.required(photos, parameters);
    return ViewLinkReply.of(
        links.of(
            photo, ViewLinkReply.until(parameters, clock), ViewLinkReply.hasOriginals(parameters)),
        call);
  }
}
