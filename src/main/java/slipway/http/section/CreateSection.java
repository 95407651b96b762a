package slipway.http.section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.CleanHtml;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.photo.VideoTime;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.section.VideoSection;
import slipway.section.VideoSections;

/** {@code photo/section/create}: adds a section to a video. */
public final class CreateSection extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> START =
      VideoTime.millis("start_time")
          .orNone(0L)
          .words("Where it begins, in seconds from the start of the video; 0 if missing.");

  private final transient Photos photos;
  private final transient VideoSections sections;

  /** The method, with the parts it works on. */
  public CreateSection(Api api, Photos photos, VideoSections sections) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.sections = sections;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID, START, SectionParameter.TITLE.required(), SectionParameter.DESCRIPTION);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    long start = START.of(parameters);
    String title = SectionParameter.title(parameters);
    CleanHtml description = SectionParameter.DESCRIPTION.of(parameters);
    Photo photo = PhotoParameter.video(photos, parameters);
    VideoTime.check(START.name(), start, photo);
    long id =
        sections
            .tryAdd(photo.photoId(), start, title, description)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.INVALID_INPUT,
                        "A video has at most " + VideoSections.MOST_OF_PHOTO + " sections."));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("section_id", Long.toString(id));
    fields.put("start_time", VideoSection.seconds(start));
    fields.put("title", title);
    fields.put("description", description.html());
    return Reply.of("The section was created", "section", fields);
  }
}
