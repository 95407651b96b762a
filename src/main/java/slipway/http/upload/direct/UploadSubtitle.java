package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.Caller;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.subtitle.SubtitleParameter;
import slipway.http.upload.Door;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadParameters;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.subtitle.SubtitleFaultException;
import slipway.subtitle.SubtitleFile;
import slipway.subtitle.SubtitleLocale;
import slipway.subtitle.Subtitles;

/**
 * {@code photo/subtitle/upload}: a site's own server sends the subtitles of a video in a language,
 * as WebVTT or SRT, in place of those there were.
 */
public final class UploadSubtitle extends FormServlet {
  private static final long serialVersionUID = 1L;

  /** Where servers send files to. */
  public static final Door DOOR = Door.at("/api/photo/subtitle/upload", "POST");

  private static final Parameter<Boolean> DEFAULT =
      Parameter.flag("default_p")
          .words(
              "1: shown by default, instead of those in another language; 0:"
                  + " not shown by default; if missing, this does not change.");

  private static final Parameter<Boolean> DRAFT =
      Parameter.choice(
              "draft_p", List.of(false), value -> "0", "0: subtitles have no drafts, all are shown")
          .orElse(false)
          .words("Subtitles have no drafts.");

  private final transient Photos photos;
  private final transient Subtitles subtitles;

  /** The method, with the parts it works on. */
  public UploadSubtitle(Api api, FormLimits limits, Photos photos, Subtitles subtitles) {
    super(DOOR, api, limits);
    this.photos = photos;
    this.subtitles = subtitles;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        SubtitleParameter.LOCALE,
        UploadParameters.FILE,
        DEFAULT,
        SubtitleParameter.TYPE,
        DRAFT);
  }

  @Override
  Reply take(HttpServletRequest request, FileForm form, Caller caller)
      throws ApiException, IOException {
    SmallFile file = new SmallFile(request, SubtitleFile.MAX_BYTES);
    form.readInto(file::read);
    Parameters parameters = declared(request, form);
    SubtitleLocale locale = SubtitleParameter.LOCALE.of(parameters);
    SubtitleParameter.TYPE.of(parameters);
    DRAFT.of(parameters);
    Boolean isDefault = DEFAULT.find(parameters).orElse(null);
    Photo photo = PhotoParameter.video(photos, parameters);
    SubtitleFile read = read(file.bytes());
    if (!subtitles.tryPut(photo.photoId(), locale, read, isDefault)) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "A photo has subtitles in at most " + Subtitles.MOST_OF_PHOTO + " languages.");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("photo_id", Long.toString(photo.photoId()));
    fields.put("locale", locale.id());
    fields.put("cues", Integer.toString(read.cueCount()));
    return Reply.of("The subtitles were uploaded", "subtitle", fields);
  }

  private static SubtitleFile read(byte[] bytes) throws ApiException {
    try {
      return SubtitleFile.read(bytes);
    } catch (SubtitleFaultException e) {
      throw new ApiException(ErrorCode.ERROR_PROCESSING_UPLOAD, e.getMessage());
    }
  }
}
