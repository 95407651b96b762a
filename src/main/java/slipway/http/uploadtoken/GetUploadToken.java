package slipway.http.uploadtoken;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.Details;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Owner;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.Timestamps;
import slipway.http.photo.UpdatePhoto;
import slipway.http.upload.UploadParameters;
import slipway.photo.Albums;
import slipway.photo.user.Users;
import slipway.token.UploadToken;

/** {@code photo/get-upload-token}: issues an upload token. */
public final class GetUploadToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenIssue issue;
  private final transient Users users;
  private final transient Albums albums;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public GetUploadToken(
      Api api, TokenIssue issue, Users users, Albums albums, TextParameters texts) {
    super(api, PermissionLevel.WRITE);
    this.issue = issue;
    this.users = users;
    this.albums = albums;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(
            Owner.ID.words(
                "Owner of the uploads; only a super caller may choose, others upload as their own"
                    + " user."),
            AlbumParameter.IDS.words("Albums that the uploads go into, comma-separated."),
            texts.title(),
            texts.description(),
            texts.tagList(),
            UploadParameters.PUBLISH,
            UploadParameters.PUBLISH_DATE,
            UploadParameters.ABSOLUTE_URL),
        issue.parameters());
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    UploadToken token = issue.parse(call, details(call));
    issue.add(token);
    return Reply.of("The upload token is ready to use", "uploadtoken", fields(token));
  }

  private Details details(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    return new Details(
        Owner.of(parameters, call.caller(), users),
        UpdatePhoto.albums(parameters, albums),
        texts.title().of(parameters),
        texts.description().of(parameters),
        texts.tagList().of(parameters),
        UploadParameters.PUBLISH.of(parameters),
        UploadParameters.PUBLISH_DATE.find(parameters).orElse(null),
        UploadParameters.absoluteUrl(parameters));
  }

  /** The fields of the API page's example in its order, then those of further parameters given. */
  private static Map<String, String> fields(UploadToken token) {
    Details details = token.details();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token.id());
    fields.put("title", details.title());
    fields.put("description", details.description().html());
    fields.put("publish", details.publish() ? "1" : "0");
    fields.put("tags", details.tags());
    fields.put("user_id", details.userId() == null ? "" : details.userId().toString());
    fields.put("album_id", details.albumIds().stream().map(String::valueOf).collect(joining(",")));
    TokenIssue.put(fields, token);
    if (details.publishAt() != null) {
      fields.put("publish_date", Timestamps.format(details.publishAt()));
    }
    if (details.absoluteUrl() != null) {
      fields.put("absolute_url", details.absoluteUrl());
    }
    LimitParameters.put(fields, token.limits());
    return fields;
  }
}
