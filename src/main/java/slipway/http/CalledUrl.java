package slipway.http;

import java.net.URI;
import slipway.event.AddressPolicy;

/** An address that Slipway is asked to call when something happens. */
public final class CalledUrl {
  private CalledUrl() {}

  /**
   * Refuses an address that could never be called, when it is given rather than at the first call.
   *
   * @param parameter whose value it is
   * @throws ApiException when its host has private addresses only, and no setting allows them
   */
  public static URI checked(AddressPolicy addresses, Parameter<URI> parameter, URI url)
      throws ApiException {
    if (addresses.refuses(url)) {
      throw ApiException.invalid(
          parameter.name(),
          "a URL whose host has a public address, or one that the setting "
              + AddressPolicy.SETTING
              + " names");
    }
    return url;
  }
}
