package slipway.http.uploadlink;

import java.time.Clock;
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
import slipway.http.Reply;
import slipway.token.IssuerRevokedException;
import slipway.token.ReturnTo;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.token.link.KeptLink;
import slipway.token.link.LinkState;
import slipway.token.link.UploadLink;
import slipway.token.link.UploadLinks;

/**
 * {@code upload-link/redeem}: gives a guest an upload token, by the button of the link's page. By
 * POST only, so that software which follows or previews links takes none. Without {@code format}
 * the guest is redirected to the token's page, or back to the link's page, which says why not.
 */
public final class RedeemUploadLink extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int GONE = 410;
  private static final int LONGEST_PASSWORD = 200;

  private static final Parameter<String> PASSWORD =
      Parameter.text("password", LONGEST_PASSWORD).words("Required if the link has one.");

  private final transient Api api;
  private final transient UploadLinks links;
  private final transient TokenRegistry tokens;
  private final transient PasswordGuesses guesses;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public RedeemUploadLink(Api api, UploadLinks links, TokenRegistry tokens, Clock clock) {
    super(api, PermissionLevel.NONE);
    this.api = api;
    this.links = links;
    this.tokens = tokens;
    this.guesses = new PasswordGuesses(api.rates());
    this.clock = clock;
  }

  @Override
  protected boolean isForVisitors() {
    return true;
  }

  @Override
  protected boolean isForPeople() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(LinkParameter.ID, PASSWORD);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    String id = LinkParameter.of(call.parameters());
    try {
      UploadToken token = token(id, call);
      call.browser().sendOn("/upload/" + token.id());
      return Reply.of("The upload token is ready to use", "uploadtoken", fields(token, call));
    } catch (ApiException e) {
      if (Api.isAskedForReply(call.parameters())
          || e.code() == ErrorCode.INVALID_INPUT
          || !LinkParameter.mayBeOfLink(id)) {
        throw e;
      }
      call.browser().sendOn(LinkFields.path(id) + why(e, call));
      return Reply.of(e.getMessage());
    }
  }

  /** The reason, if the link's page does not find it by itself, as it does ask for a password. */
  private static String why(ApiException e, ApiCall call) {
    if (e.code() == ErrorCode.PERMISSION_DENIED) {
      return PASSWORD.isGiven(call.parameters()) ? "?password=wrong" : "";
    }
    return e.retryAfterSeconds() > 0 ? "?wait=" + e.retryAfterSeconds() : "";
  }

  private UploadToken token(String id, ApiCall call) throws ApiException {
    api.checkWrites(call);
    KeptLink kept = links.find(id).orElseThrow(() -> LinkParameter.missing(null));
    checkOpen(kept);
    UploadLink link = kept.link();
    if (link.bounds().password() != null) {
      String given = PASSWORD.of(call.parameters());
      guesses.check(id, call.browser().address(), given, link.bounds().password());
    }
    ReturnTo returnTo = new ReturnTo(returnUrl(link, call), false, List.of());
    try {
      return links.admit(link, returnTo, tokens).orElseThrow(RedeemUploadLink::full);
    } catch (IssuerRevokedException e) {
      throw LinkParameter.missing(null);
    }
  }

  private static String returnUrl(UploadLink link, ApiCall call) {
    return link.returnUrl().isEmpty()
        ? call.browser().absolute(LinkFields.path(link.id()))
        : link.returnUrl();
  }

  private void checkOpen(KeptLink kept) throws ApiException {
    LinkState state = kept.state(clock.instant());
    if (state == LinkState.WITHDRAWN) {
      throw LinkParameter.missing(null);
    }
    if (state == LinkState.ENDED) {
      throw over("This upload link has expired.");
    }
    if (state == LinkState.FULL) {
      throw full();
    }
  }

  private static ApiException full() {
    return over("This upload link has received all that it accepts.");
  }

  private static ApiException over(String message) {
    return new ApiException(ErrorCode.NO_SUCH_UPLOAD_LINK, message).withStatus(GONE);
  }

  private static Map<String, String> fields(UploadToken token, ApiCall call) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token.id());
    fields.put("max_uploads", Integer.toString(token.maxUploads()));
    fields.put("valid_minutes", Integer.toString(token.validMinutes()));
    fields.put("valid_until", Long.toString(token.validUntil().getEpochSecond()));
    fields.put("return_url", token.returnTo().url());
    fields.put("url", call.browser().sentOn());
    return fields;
  }
}
