package slipway.http.subtitle;

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
import slipway.subtitle.SubtitleLocale;
import slipway.subtitle.Subtitles;

/** {@code photo/subtitle/remove}: deletes the subtitles of a video in one language. */
public final class RemoveSubtitle extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Photos photos;
  private final transient Subtitles subtitles;

  /** The method, with the parts it works on. */
  public RemoveSubtitle(Api api, Photos photos, Subtitles subtitles) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.subtitles = subtitles;
  }

  @Override
  protected boolean isOnReserve() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID, SubtitleParameter.LOCALE, SubtitleParameter.TYPE);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    SubtitleParameter.TYPE.of(call.parameters());
    SubtitleLocale locale = SubtitleParameter.LOCALE.of(call.parameters());
    long photoId = PhotoParameter.required(photos, call.parameters()).photoId();
    if (!subtitles.delete(photoId, locale)) {
      throw SubtitleParameter.missing();
    }
    return Reply.of("The subtitles were deleted", "subtitle", Map.of());
  }
}
