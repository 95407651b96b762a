package slipway.http.uploadtoken;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.Details;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.token.UploadToken;

/** {@code photo/get-replace-token}: issues a token to replace the file of a photo with. */
public final class GetReplaceToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenIssue issue;
  private final transient Photos photos;

  /** The method, with the parts it works on. */
  public GetReplaceToken(Api api, TokenIssue issue, Photos photos) {
    super(api, PermissionLevel.WRITE);
    this.issue = issue;
    this.photos = photos;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(List.of(PhotoParameter.ID), issue.parameters());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = PhotoParameter.required(photos, call.parameters());
    // A photo keeps its metadata when its file is replaced.
    UploadToken token = issue.parse(call, Details.NONE).replacing(photo.photoId());
    issue.add(token);
    return Reply.of("The replace token is ready to use", "replacetoken", fields(token));
  }

  private static Map<String, String> fields(UploadToken token) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("replace_token", token.id());
    fields.put("photo_id", token.replaces().toString());
    TokenIssue.put(fields, token);
    LimitParameters.put(fields, token.limits());
    return fields;
  }
}
