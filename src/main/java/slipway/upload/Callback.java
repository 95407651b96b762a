package slipway.upload;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import slipway.photo.Photo;
import slipway.token.TokenPurpose;
import slipway.token.UploadToken;

/**
 * The address a visitor is sent back to: the token's return_url, its own query and fragment kept,
 * and what came of the upload (photo/get-upload-token, "Flow"). It is not signed: it tells the
 * visitor's browser, and proves nothing to the site.
 */
public final class Callback {
  /** How long all repeated parameters may be together: servers take no longer addresses. */
  private static final int MAX_EXTRA = 4000;

  private static final Set<String> OURS =
      Set.of(
          "domain",
          TokenPurpose.UPLOAD.parameter(),
          TokenPurpose.REPLACE.parameter(),
          "photo_id",
          "tree_id",
          "token",
          "error_message");

  private final String returnUrl;
  private final Map<String, String> parameters;

  private Callback(UploadToken token, String domain, Map<String, String> extra) {
    this.returnUrl = URI.create(token.returnTo().url()).toASCIIString();
    this.parameters = new LinkedHashMap<>(bounded(extra));
    // After those of the form, so that none of them can stand in for what the site or we say.
    token.returnTo().extra().keySet().forEach(parameters::remove);
    parameters.putAll(token.returnTo().extra());
    OURS.forEach(parameters::remove);
    parameters.put("domain", domain);
    parameters.put(token.purpose().parameter(), token.id());
  }

  /**
   * The address after a success.
   *
   * @param domain the site's domain
   * @param extra further fields of the form, repeated, 4000 characters in all at most; they never
   *     override ours, nor those that came with the token
   */
  public static String success(
      UploadToken token, Photo photo, String domain, Map<String, String> extra) {
    Callback callback = new Callback(token, domain, extra);
    callback.parameters.put("photo_id", Long.toString(photo.photoId()));
    callback.parameters.put("tree_id", Integer.toString(photo.treeId()));
    callback.parameters.put("token", photo.token());
    return callback.url();
  }

  /** The address after a failure, with the reason for the visitor's eyes. */
  public static String failure(
      UploadToken token, String message, String domain, Map<String, String> extra) {
    Callback callback = new Callback(token, domain, extra);
    callback.parameters.put("error_message", message);
    return callback.url();
  }

  /** Whether the callback has a parameter of its own of that name. */
  public static boolean hasOwn(String name) {
    return OURS.contains(name);
  }

  private static Map<String, String> bounded(Map<String, String> extra) {
    Map<String, String> bounded = new LinkedHashMap<>();
    int length = 0;
    for (Map.Entry<String, String> parameter : extra.entrySet()) {
      length += encode(parameter.getKey()).length() + encode(parameter.getValue()).length() + 2;
      if (length <= MAX_EXTRA) {
        bounded.put(parameter.getKey(), parameter.getValue());
      }
    }
    return bounded;
  }

  private String url() {
    int hash = returnUrl.indexOf('#');
    String address = hash < 0 ? returnUrl : returnUrl.substring(0, hash);
    String fragment = hash < 0 ? "" : returnUrl.substring(hash);
    StringBuilder url = new StringBuilder(address);
    String separator = separatorAfter(address);
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url.append(separator)
          .append(encode(parameter.getKey()))
          .append('=')
          .append(encode(parameter.getValue()));
      separator = "&";
    }
    return url.append(fragment).toString();
  }

  private static String separatorAfter(String address) {
    if (address.indexOf('?') < 0) {
      return "?";
    }
    return address.endsWith("?") || address.endsWith("&") ? "" : "&";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
