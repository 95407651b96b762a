package slipway.http.section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Cors;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.photo.VisiblePhoto;
import slipway.photo.Photo;
import slipway.section.VideoSection;
import slipway.section.VideoSections;

/** {@code photo/section/list}: the sections of a video, in order. */
public final class ListSections extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient VisiblePhoto visible;
  private final transient VideoSections sections;

  /** The method, with the parts it works on. */
  public ListSections(Api api, VisiblePhoto visible, VideoSections sections) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.api = api;
    this.visible = visible;
    this.sections = sections;
  }

  @Override
  protected boolean isLong() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        VisiblePhoto.TOKEN,
        Parameter.refused("expire", "the token of a photo does not expire"));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = visible.of(call);
    String path = call.site().path();
    // The page without a token is not shown on a closed site, or for an unpublished photo.
    String token = api.isPublicSite() && visible.isPublic(photo) ? "" : "/" + photo.token();
    String page = path + "/photo/" + photo.photoId() + token;
    List<Reply.Item> items =
        sections.of(photo.photoId()).stream().map(one -> item(one, photo, path, page)).toList();
    return Reply.of(
        "The sections are listed", "sections", items, Reply.PageInfo.ofAll(items.size()));
  }

  private static Reply.Item item(VideoSection one, Photo photo, String path, String page) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("section_id", Long.toString(one.sectionId()));
    fields.put("start_time", one.startTime());
    fields.put("title", one.title());
    fields.put("description", one.description().html());
    fields.put("description_text", one.description().text());
    fields.put("link", page + "#section-" + one.sectionId());
    fields.put("thumbnail_download", path + thumbnail(one, photo));
    return new Reply.Item("section", fields, Map.of());
  }

  /** The section's own picture, or a frame of the video where it begins. */
  private static String thumbnail(VideoSection one, Photo photo) {
    if (one.hasThumbnail()) {
      return photo.path("section-" + one.sectionId());
    }
    return "/api/photo/frame?photo_id="
        + photo.photoId()
        + "&token="
        + photo.token()
        + "&time="
        + one.startTime();
  }
}
