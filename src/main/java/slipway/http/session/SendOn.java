package slipway.http.session;

import java.net.URI;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.WebAddress;
import slipway.http.uploadtoken.ReturnUrls;
import slipway.net.AsciiUrl;

/** Where a person is redirected once a session has begun. */
final class SendOn {
  /** Characters of the encoded redirect. A proxy may keep all headers of an answer in 4 KiB. */
  private static final int MOST = 3000;

  private static final String VALID =
      "a path of this site, which begins with one slash, or " + WebAddress.valid(MOST);

  /** A path that begins with two slashes, or with what browsers treat alike, names another host. */
  private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]*");

  private SendOn() {}

  /** The parameter, which accepts what these allow. */
  static Parameter<String> parameter(ReturnUrls allowed) {
    return Parameter.text("return_url", MOST)
        .as((name, url) -> parse(name, url, allowed))
        .orNone("/")
        .words(
            "Where the person is redirected to: a path of this site, such as /album/5, or an absolute"
                + " http or https URL. The start page if missing.");
  }

  private static String parse(String name, String url, ReturnUrls allowed) throws ApiException {
    if (url.isEmpty()) {
      return null;
    }
    if (!url.startsWith("/")) {
      return address(name, allowed.check(name, WebAddress.parse(name, url, VALID)));
    }
    if (!PATH.matcher(url).matches() || !isUri(url)) {
      throw ApiException.invalid(name, VALID);
    }
    return url;
  }

  private static String address(String name, URI url) throws ApiException {
    String ascii = AsciiUrl.of(url.toString());
    if (ascii.length() > MOST) {
      throw ApiException.invalid(name, VALID);
    }
    return ascii;
  }

  private static boolean isUri(String path) {
    try {
      return URI.create(path).getRawAuthority() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
