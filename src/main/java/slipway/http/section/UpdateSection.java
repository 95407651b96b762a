package slipway.http.section;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.photo.VideoTime;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.section.SectionChange;
import slipway.section.VideoSections;

/**
 * {@code photo/section/update}: changes a section; parameters that are missing leave it as it is.
 */
public final class UpdateSection extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> START =
      VideoTime.millis("start_time")
          .words("Where it begins, in seconds from the start of the video.");

  private final transient Photos photos;
  private final transient VideoSections sections;

  /** The method, with the parts it works on. */
  public UpdateSection(Api api, Photos photos, VideoSections sections) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.sections = sections;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        SectionParameter.ID,
        START,
        SectionParameter.TITLE,
        SectionParameter.DESCRIPTION);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    long id = SectionParameter.ID.of(parameters);
    Long start = START.find(parameters).orElse(null);
    Optional<String> title = SectionParameter.TITLE.find(parameters);
    if (title.isPresent()) {
      SectionParameter.checked(title.get());
    }
    SectionChange change =
        new SectionChange(
            start, title.orElse(null), SectionParameter.DESCRIPTION.find(parameters).orElse(null));
    Photo photo = PhotoParameter.required(photos, parameters);
    if (start != null) {
      VideoTime.check(START.name(), start, photo);
    }
    if (!sections.change(photo.photoId(), id, change)) {
      throw SectionParameter.missing();
    }
    return Reply.of("The section was updated", "section", Map.of());
  }
}
