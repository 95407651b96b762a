package slipway.http.uploadlink;

import java.util.Optional;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.token.link.KeptLink;

/** The parameter upload_link, which names a link. */
final class LinkParameter {
  static final Parameter<String> ID =
      Parameter.secret("upload_link")
          .required("a link of 40 hexadecimal digits")
          .words("The link, as returned by upload-link/create.");

  private static final Pattern OF_LINKS = Pattern.compile("[0-9a-f]{40}");

  private LinkParameter() {}

  /** Whether an id is as links have them: any other may lead anywhere, as part of an address. */
  static boolean mayBeOfLink(String id) {
    return OF_LINKS.matcher(id).matches();
  }

  /** The id that is given. */
  static String of(Parameters parameters) throws ApiException {
    return ID.of(parameters);
  }

  /** The link, if the caller may change it. */
  static KeptLink required(Optional<KeptLink> found, Long whose) throws ApiException {
    return found.orElseThrow(() -> missing(whose));
  }

  /**
   * The error for a caller who has no such link.
   *
   * @param whose the credential whose links the caller sees; null for all
   */
  static ApiException missing(Long whose) {
    return new ApiException(
        ErrorCode.NO_SUCH_UPLOAD_LINK,
        whose == null
            ? "No upload link has this upload_link."
            : "No upload link made with your key has this upload_link.");
  }
}
