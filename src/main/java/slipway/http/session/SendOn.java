package slipway.http.session;

import java.net.URI;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.WebAddress;
import slipway.http.uploadtoken.ReturnUrls;

/** Where a person is sent on to once a session has begun. */
final class SendOn {
  private static final int MOST = 4000;
  private static final String VALID =
      "a path of this site, which begins with one slash, or " + WebAddress.valid(MOST);

  /** What begins with two slashes, or with what browsers take for that, names another host. */
  private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]*");

  private SendOn() {}

  /** The parameter, which takes what these allow. */
  static Parameter<String> parameter(ReturnUrls allowed) {
    return Parameter.text("return_url", MOST)
        .as((name, url) -> parse(name, url, allowed))
        .orNone("/")
        .words(
            "Where the person is sent on to: a path of this site, such as /album/5, or an absolute"
                + " http or https URL. The start page if missing.");
  }

  private static String parse(String name, String url, ReturnUrls allowed) throws ApiException {
    if (url.isEmpty()) {
      return null;
    }
    if (!url.startsWith("/")) {
      return allowed.check(name, WebAddress.parse(name, url, VALID)).toString();
    }
    if (!PATH.matcher(url).matches() || !isUri(url)) {
      throw ApiException.invalid(name, VALID);
    }
    return url;
  }

  private static boolean isUri(String path) {
    try {
      return URI.create(path).getRawAuthority() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
