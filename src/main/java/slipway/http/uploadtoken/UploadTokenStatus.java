package slipway.http.uploadtoken;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.photo.HeldPhoto;
import slipway.http.upload.UploadParameters;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.upload.TokenStates;

/**
 * {@code upload-token/status}: the outcome of an upload token, for anyone who holds it, even after
 * it is used up or has expired. No authentication: the token is the permission.
 */
public final class UploadTokenStatus extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenRegistry tokens;
  private final transient Photos photos;
  private final transient TokenStates states;

  /** The method, with the parts it works on. */
  public UploadTokenStatus(Api api, TokenRegistry tokens, Photos photos, TokenStates states) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.tokens = tokens;
    this.photos = photos;
    this.states = states;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(UploadParameters.UPLOAD_TOKEN);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    KeptToken kept =
        tokens
            .recall(UploadParameters.UPLOAD_TOKEN.of(call.parameters()))
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.INVALID_UPLOAD_TOKEN, "This upload token is not known."));
    call.origin().check(kept.token().limits().allowedOrigin());
    List<Reply.Item> made = made(kept).stream().map(UploadTokenStatus::item).toList();
    return Reply.of(
            "The upload token is known", "uploadtoken", TokenFields.of(kept, states.of(kept)))
        .with("photos", made);
  }

  private List<Photo> made(KeptToken kept) {
    UploadToken token = kept.token();
    if (token.purpose() == TokenPurpose.UPLOAD) {
      return photos.uploadedWith(token.id());
    }
    return kept.spent() == 0 ? List.of() : photos.find(token.replaces()).stream().toList();
  }

  private static Reply.Item item(Photo photo) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("photo_id", Long.toString(photo.photoId()));
    fields.put("tree_id", Integer.toString(photo.treeId()));
    fields.put("token", photo.token());
    fields.put("title", photo.title());
    fields.put("published_p", photo.published() ? "1" : "0");
    fields.put("video_p", photo.isVideo() ? "1" : "0");
    HeldPhoto.describe(photo, fields);
    return new Reply.Item("photo", fields, Map.of());
  }
}
