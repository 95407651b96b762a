package slipway.http.photo;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Call;
import slipway.http.Moments;
import slipway.http.Owner;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.WebAddress;
import slipway.photo.Albums;
import slipway.photo.Markup;
import slipway.photo.Users;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.upload.Rules;

/** {@code photo/get-upload-token}: issues an upload token. */
public final class GetUploadToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenRegistry tokens;
  private final transient Users users;
  private final transient Albums albums;
  private final transient ReturnUrls returnUrls;
  private final transient Rules rules;
  private final transient Clock clock;
  private final int maxExtraBytes;

  /** The method, with the parts it works on. */
  public GetUploadToken(
      Api api,
      TokenRegistry tokens,
      Users users,
      Albums albums,
      ReturnUrls returnUrls,
      Rules rules,
      int maxExtraBytes,
      Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.tokens = tokens;
    this.users = users;
    this.albums = albums;
    this.returnUrls = returnUrls;
    this.rules = rules;
    this.maxExtraBytes = maxExtraBytes;
    this.clock = clock;
  }

  @Override
  protected Reply answer(Call call) throws ApiException {
    UploadToken token = parse(call);
    tokens.add(token);
    return Reply.of("The upload token is ready to use", "uploadtoken", fields(token));
  }

  private UploadToken parse(Call call) throws ApiException {
    Parameters parameters = call.parameters();
    ReturnTo returnTo =
        new ReturnTo(
            returnUrls.check(parameters.text("return_url")),
            parameters.flag("background_return_p", false),
            ExtraParameters.parse(parameters, maxExtraBytes));
    UploadToken.Details details =
        new UploadToken.Details(
            Owner.of(parameters, call.caller(), users),
            UpdatePhoto.albums(parameters, albums),
            Markup.strip(parameters.text("title")),
            Markup.clean(parameters.text("description")),
            parameters.text("tags"),
            parameters.flag("publish", true),
            Moments.parse(parameters, "publish_date").orElse(null),
            absoluteUrl(parameters));
    TokenLimits limits = LimitParameters.parse(parameters, rules);
    int validMinutes =
        parameters.integer(
            "valid_minutes",
            UploadToken.DEFAULT_MINUTES,
            UploadToken.MIN_MINUTES,
            UploadToken.MAX_MINUTES);
    int maxUploads = parameters.integer("max_uploads", 1, 1, UploadToken.MAX_UPLOADS);
    Issuer issuer = new Issuer(call.caller().credentialId(), call.caller().userId());
    return UploadToken.issue(
        returnTo, details, limits, validMinutes, maxUploads, issuer, clock.instant());
  }

  static String absoluteUrl(Parameters parameters) throws ApiException {
    String url = parameters.text("absolute_url");
    return url.isEmpty() ? null : WebAddress.parse("absolute_url", url).toString();
  }

  /** The fields of the API page's example in its order, then those of further parameters given. */
  private static Map<String, String> fields(UploadToken token) {
    UploadToken.Details details = token.details();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token.id());
    fields.put("title", details.title());
    fields.put("description", details.description());
    fields.put("publish", details.publish() ? "1" : "0");
    fields.put("tags", details.tags());
    fields.put("user_id", details.userId() == null ? "" : details.userId().toString());
    fields.put("album_id", details.albumIds().stream().map(String::valueOf).collect(joining(",")));
    fields.put("max_uploads", Integer.toString(token.maxUploads()));
    fields.put("valid_minutes", Integer.toString(token.validMinutes()));
    fields.put("valid_until", Long.toString(token.validUntil().getEpochSecond()));
    fields.put("return_url", token.returnTo().url());
    if (token.returnTo().inBackground()) {
      fields.put("background_return_p", "1");
    }
    if (details.publishAt() != null) {
      fields.put("publish_date", Moments.format(details.publishAt()));
    }
    if (details.absoluteUrl() != null) {
      fields.put("absolute_url", details.absoluteUrl());
    }
    LimitParameters.put(fields, token.limits());
    return fields;
  }
}
