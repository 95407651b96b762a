package slipway.http.photo;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Call;
import slipway.http.ErrorCode;
import slipway.http.Moments;
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
            owner(call),
            albums(parameters),
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

  /** Whom the uploads will belong to; null for nobody. Only a super caller has a choice. */
  private Long owner(Call call) throws ApiException {
    Optional<Long> asked = call.parameters().id("user_id");
    if (!call.caller().level().includes(PermissionLevel.SUPER)) {
      return call.caller().userId();
    }
    if (asked.isPresent() && !users.exists(asked.get())) {
      throw new ApiException(ErrorCode.NO_SUCH_USER, "There is no user of this user_id.");
    }
    return asked.orElse(null);
  }

  private List<Long> albums(Parameters parameters) throws ApiException {
    List<Long> asked = parameters.ids("album_id");
    if (!albums.exist(asked)) {
      throw new ApiException(ErrorCode.NO_SUCH_ALBUM, "There is no album of this album_id.");
    }
    return asked;
  }

  private static String absoluteUrl(Parameters parameters) throws ApiException {
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
