package slipway.http;

import slipway.auth.Caller;
import slipway.token.AllowedOrigin;

/**
 * One call of an API method.
 *
 * @param parameters its parameters, of which the method reads those that it declares
 * @param caller who makes it
 * @param site the site it is made to
 * @param origin checks the page it comes from
 * @param browser the browser that makes it, if any
 */
public record ApiCall(
    Parameters parameters,
    Caller caller,
    SiteFields site,
    OriginCheck origin,
    BrowserCall browser) {
  /** See {@link Cors#check}. */
  @FunctionalInterface
  public interface OriginCheck {
    /**
     * Lets only the pages of one origin call.
     *
     * @param allowed whose pages; null for any
     * @throws ApiException when the call comes from another
     */
    void check(AllowedOrigin allowed) throws ApiException;
  }
}
