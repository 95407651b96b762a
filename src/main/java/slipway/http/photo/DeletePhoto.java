package slipway.http.photo;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.editing.Removal;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.Photo;
import slipway.photo.Photos;

/** {@code photo/delete}: deletes a photo and its file. */
public final class DeletePhoto extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Photos photos;
  private final transient Removal removal;

  /** The method, with the parts it works on. */
  public DeletePhoto(Api api, Photos photos, Removal removal) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.removal = removal;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID);
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = PhotoParameter.required(photos, call.parameters());
    if (!removal.delete(photo.photoId())) {
      throw PhotoParameter.missing();
    }
    return Reply.of("The photo was deleted", "photo", Map.of());
  }
}
