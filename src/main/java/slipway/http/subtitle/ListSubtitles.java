package slipway.http.subtitle;

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
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.photo.VisiblePhoto;
import slipway.photo.Photo;
import slipway.subtitle.Subtitle;
import slipway.subtitle.Subtitles;

/** {@code photo/subtitle/list}: the languages that a video has subtitles in, and where they are. */
public final class ListSubtitles extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Boolean> DRAFTS =
      Parameter.flag("include_drafts_p")
          .orElse(false)
          .words("Without effect: subtitles have no drafts.");

  private final transient VisiblePhoto visible;
  private final transient Subtitles subtitles;

  /** The method, with the parts it works on. */
  public ListSubtitles(Api api, VisiblePhoto visible, Subtitles subtitles) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.visible = visible;
    this.subtitles = subtitles;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        VisiblePhoto.TOKEN,
        SubtitleParameter.FORMAT,
        SubtitleParameter.STRIPPED,
        DRAFTS,
        SubtitleParameter.expire());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    DRAFTS.of(parameters);
    String ending =
        (SubtitleParameter.STRIPPED.of(parameters) ? ".stripped" : "")
            + "."
            + SubtitleParameter.FORMAT.of(parameters).id();
    Photo photo = visible.of(call);
    String path = call.site().path();
    List<Reply.Item> items =
        subtitles.of(photo.photoId()).stream()
            .map(one -> item(one, path + photo.path("subtitles." + one.locale().id() + ending)))
            .toList();
    return Reply.of(
        "The subtitles are listed", "subtitles", items, Reply.PageInfo.ofAll(items.size()));
  }

  /** The platform's element has the same name as the list. */
  private static Reply.Item item(Subtitle one, String href) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("locale", one.locale().id());
    fields.put("language", one.locale().englishName());
    fields.put("href", href);
    fields.put("default_p", one.isDefault() ? "1" : "0");
    return new Reply.Item("subtitles", fields, Map.of());
  }
}
