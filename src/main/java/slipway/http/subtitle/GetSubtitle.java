package slipway.http.subtitle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import slipway.subtitle.SubtitleFile;
import slipway.subtitle.SubtitleFormat;
import slipway.subtitle.SubtitleLocale;
import slipway.subtitle.Subtitles;

/** {@code photo/subtitle/data}: the subtitles of a video in one language, inside a reply. */
public final class GetSubtitle extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient VisiblePhoto visible;
  private final transient Subtitles subtitles;

  /** The method, with the parts it works on. */
  public GetSubtitle(Api api, VisiblePhoto visible, Subtitles subtitles) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.visible = visible;
    this.subtitles = subtitles;
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
        SubtitleParameter.ANY_LOCALE,
        SubtitleParameter.FORMAT,
        SubtitleParameter.STRIPPED,
        SubtitleParameter.TYPE,
        SubtitleParameter.expire());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    SubtitleParameter.TYPE.of(parameters);
    SubtitleFormat format = SubtitleParameter.FORMAT.of(parameters);
    boolean stripped = SubtitleParameter.STRIPPED.of(parameters);
    Optional<SubtitleLocale> asked = SubtitleParameter.ANY_LOCALE.find(parameters);
    Photo photo = visible.of(call);
    SubtitleFile file =
        asked
            .or(() -> usual(photo))
            .flatMap(locale -> subtitles.find(photo.photoId(), locale))
            .orElseThrow(SubtitleParameter::missing);
    return Reply.of("", "data", Map.of(format.id(), file.as(format, stripped)));
  }

  /** The default language, or else the first. */
  private Optional<SubtitleLocale> usual(Photo photo) {
    return subtitles.of(photo.photoId()).stream()
        .max(Comparator.comparing(Subtitle::isDefault))
        .map(Subtitle::locale);
  }
}
