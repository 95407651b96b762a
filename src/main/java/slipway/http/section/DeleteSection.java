package slipway.http.section;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.photo.Photos;
import slipway.section.VideoSections;

/** {@code photo/section/delete}: deletes a section of a video. */
public final class DeleteSection extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Photos photos;
  private final transient VideoSections sections;

  /** The method, with the parts it works on. */
  public DeleteSection(Api api, Photos photos, VideoSections sections) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.sections = sections;
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID, SectionParameter.ID);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long id = SectionParameter.ID.of(call.parameters());
    long photoId = PhotoParameter.required(photos, call.parameters()).photoId();
    if (!sections.delete(photoId, id)) {
      throw SectionParameter.missing();
    }
    return Reply.of("The section was deleted", "section", Map.of());
  }
}
