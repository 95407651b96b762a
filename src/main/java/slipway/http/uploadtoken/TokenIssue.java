package slipway.http.uploadtoken;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import slipway.details.Details;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.token.Issuer;
import slipway.token.IssuerRevokedException;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenRegistry;
import slipway.token.TokenTerms;
import slipway.token.UploadToken;
import slipway.upload.Callback;
import slipway.upload.FileRules;

/** What the methods that issue tokens share. */
public final class TokenIssue {
  private static final Parameter<Boolean> IN_BACKGROUND =
      Parameter.flag("background_return_p")
          .orElse(false)
          .words(
              "1: the server makes the request to return_url itself, and the client gets plain"
                  + " text.");
  private static final Parameter<Integer> VALID_MINUTES =
      Parameter.integer("valid_minutes", UploadToken.MIN_MINUTES, UploadToken.MAX_MINUTES)
          .orElse(UploadToken.DEFAULT_MINUTES);
  private static final Parameter<Integer> MAX_UPLOADS =
      Parameter.integer("max_uploads", 1, UploadToken.MAX_UPLOADS).orElse(1);

  private final TokenRegistry tokens;
  private final Parameter<URI> returnUrl;
  private final LimitParameters limits;
  private final int maxExtraBytes;
  private final Clock clock;

  /**
   * What they share.
   *
   * @param tokens where the tokens go
   * @param returnUrls where visitors may be sent back to
   * @param rules which files the site takes
   * @param maxExtraBytes bytes that the parameters which the callback repeats may have together
   * @param clock the time tokens go by
   */
  public TokenIssue(
      TokenRegistry tokens,
      ReturnUrls returnUrls,
      FileRules rules,
      int maxExtraBytes,
      Clock clock) {
    this.tokens = tokens;
    this.returnUrl =
        Parameter.url("return_url", Callback.MOST_OF_SITE)
            .as(returnUrls::check)
            .required()
            .words(
                "Where the visitor returns to: an absolute http or https URL; its query and"
                    + " fragment are kept. With the extra parameters at most "
                    + Callback.MOST_OF_SITE
                    + " characters, percent-encoded.");
    this.limits = new LimitParameters(rules);
    this.maxExtraBytes = maxExtraBytes;
    this.clock = clock;
  }

  /** The parameters that {@link #parse} reads. */
  List<Parameter<?>> parameters() {
    return Parameter.all(
        List.of(returnUrl, VALID_MINUTES, MAX_UPLOADS, IN_BACKGROUND), limits.all());
  }

  /** Adds a token, which is valid from now on. */
  void add(UploadToken token) throws ApiException {
    try {
      tokens.add(token);
    } catch (IssuerRevokedException e) {
      throw new ApiException(ErrorCode.PERMISSION_DENIED, e.getMessage() + ".")
          .withStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** A token as the call requests it, not yet added. */
  UploadToken parse(ApiCall call, Details details) throws ApiException {
    Parameters parameters = call.parameters();
    ReturnTo returnTo =
        new ReturnTo(
            returnUrl.of(parameters).toString(),
            IN_BACKGROUND.of(parameters),
            ExtraParameters.parse(parameters, maxExtraBytes));
    checkLength(returnTo);
    TokenLimits allowed = limits.parse(parameters);
    Issuer issuer = Issuer.of(call.caller().credentialId(), call.caller().userId());
    return UploadToken.issue(
        returnTo,
        details,
        allowed,
        TokenTerms.of(VALID_MINUTES.of(parameters), MAX_UPLOADS.of(parameters)),
        issuer,
        clock.instant());
  }

  /** A longer one would leave no room in the callback for the outcome of an upload. */
  private void checkLength(ReturnTo returnTo) throws ApiException {
    int bytes = Callback.bytesOf(returnTo);
    if (bytes > Callback.MOST_OF_SITE) {
      String what = returnTo.extra().isEmpty() ? "" : ", with the extra parameters,";
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The parameter '"
              + returnUrl.name()
              + "'"
              + what
              + " must have at most "
              + Callback.MOST_OF_SITE
              + " bytes when percent-encoded in a URL; it has "
              + bytes
              + ".");
    }
  }

  /** Adds a token's validity, number of uploads and return_url to the fields of a reply. */
  static void put(Map<String, String> fields, UploadToken token) {
    fields.put("max_uploads", Integer.toString(token.maxUploads()));
    fields.put("valid_minutes", Integer.toString(token.validMinutes()));
    fields.put("valid_until", Long.toString(token.validUntil().getEpochSecond()));
    fields.put("return_url", token.returnTo().url());
    if (token.returnTo().inBackground()) {
      fields.put("background_return_p", "1");
    }
  }
}
