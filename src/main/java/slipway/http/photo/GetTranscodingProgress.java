package slipway.http.photo;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionSize;
import slipway.photo.RenditionState;
import slipway.photo.WebVideo;
import slipway.rendition.WebVideos;

/**
 * {@code photo/get-transcoding-progress}: the progress, from 0 to 1, of the renditions of a photo,
 * and of the copy of a video that every browser plays. For level {@code read}, and for anyone who
 * knows the photo's token.
 */
public final class GetTranscodingProgress extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<String> TOKEN =
      Parameter.text("token").words("The photo's token; instead of a key of level read.");
  private static final Parameter<Boolean> PERCENT =
      Parameter.flag("percentage_formated_p")
          .orElse(false)
          .words("Whether to say `100%` rather than `1`.");

  private final transient Photos photos;
  private final transient RenditionQueue renditions;
  private final transient WebVideos videos;

  /** The method, with the parts it works on. */
  public GetTranscodingProgress(
      Api api, Photos photos, RenditionQueue renditions, WebVideos videos) {
    super(api, PermissionLevel.NONE);
    this.photos = photos;
    this.renditions = renditions;
    this.videos = videos;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID.words(""), TOKEN, PERCENT);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = photo(call);
    boolean percent = PERCENT.of(call.parameters());
    RenditionQueue.Status status =
        renditions.status(photo.photoId()).orElseThrow(PhotoParameter::missing);
    WebVideos.VideoStanding video = videos.of(photo).orElseThrow(PhotoParameter::missing);
    double pictures = status.state() == RenditionState.DONE ? 1 : 0;
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("all", said(video.isComing() ? pictures * video.progress() : pictures, percent));
    for (RenditionSize size : RenditionSize.values()) {
      fields.put(size.id(), said(pictures, percent));
    }
    fields.put("state", status.state().id());
    fields.put("reason", photo.isHeld() ? photo.scan().words() : status.reason());
    if (photo.isVideo()) {
      fields.put(WebVideo.NAME, said(video.progress(), percent));
      fields.put("video_state", video.video().state().id());
      fields.put("video_reason", video.video().reason());
    }
    return Reply.of("", "progress", fields);
  }

  /** At most two decimal digits, and 1 only once it is done. */
  private static String said(double progress, boolean percent) {
    int hundredths = (int) Math.floor(progress * 100);
    if (percent) {
      return hundredths + "%";
    }
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }

  private Photo photo(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    long id = PhotoParameter.ID.of(parameters);
    String token = TOKEN.of(parameters);
    if (!token.isEmpty()) {
      return photos
          .find(id, token)
          .orElseThrow(
              () ->
                  new ApiException(
                      ErrorCode.INVALID_PHOTO_TOKEN, "No photo has this photo_id and token."));
    }
    if (!call.caller().level().includes(PermissionLevel.READ)) {
      throw new ApiException(
          ErrorCode.TOKEN_REQUIRED, "Give the photo's token, or a key of level read.");
    }
    return PhotoParameter.find(photos, id);
  }
}
