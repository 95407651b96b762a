package slipway.http.uploadtoken;

import java.time.Clock;
import java.util.Map;
import slipway.details.Details;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenRegistry;
import slipway.token.TokenTerms;
import slipway.token.UploadToken;
import slipway.upload.FileRules;

/**
 * What the methods that issue tokens share.
 *
 * @param tokens where the tokens go
 * @param returnUrls where visitors may be sent back to
 * @param rules which files the site takes
 * @param maxExtraBytes bytes that the parameters which the callback repeats may have together
 * @param clock the time tokens go by
 */
public record TokenIssue(
    TokenRegistry tokens, ReturnUrls returnUrls, FileRules rules, int maxExtraBytes, Clock clock) {

  /** A token as the call asks for it, not yet added. */
  UploadToken parse(ApiCall call, Details details) throws ApiException {
    Parameters parameters = call.parameters();
    ReturnTo returnTo =
        new ReturnTo(
            returnUrls.check(parameters.text("return_url")),
            parameters.flag("background_return_p", false),
            ExtraParameters.parse(parameters, maxExtraBytes));
    TokenLimits limits = LimitParameters.parse(parameters, rules);
    int validMinutes =
        parameters.integer(
            "valid_minutes",
            UploadToken.DEFAULT_MINUTES,
            UploadToken.MIN_MINUTES,
            UploadToken.MAX_MINUTES);
    int maxUploads = parameters.integer("max_uploads", 1, 1, UploadToken.MAX_UPLOADS);
    Issuer issuer = Issuer.of(call.caller().credentialId(), call.caller().userId());
    return UploadToken.issue(
        returnTo,
        details,
        limits,
        TokenTerms.of(validMinutes, maxUploads),
        issuer,
        clock.instant());
  }

  /** Adds how long, how often and to where a token is good to the fields of a reply. */
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
