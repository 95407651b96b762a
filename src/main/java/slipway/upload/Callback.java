package slipway.upload;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.photo.Photo;
import slipway.token.AllowedOrigin;
import slipway.token.ReturnTo;
import slipway.token.UploadToken;

/**
 * The address a visitor is sent back to: the token's return_url, its own query and fragment kept,
 * and the outcome of the upload (photo/get-upload-token, "Flow"). It is not signed: it tells the
 * visitor's browser, and proves nothing to the site.
 *
 * <p>It has at most {@link #LONGEST} bytes, whatever a visitor typed, since proxies and containers
 * deliver no header that is longer. First comes what the site gave, then what the callback itself
 * says, then the fields of the form that fit, whole, and have no name of the site's own parameters;
 * {@code fields_omitted} tells how many are left out.
 */
public final class Callback {
  /** Bytes of an address at most, as it is sent. A proxy may hold all headers in 4 KiB. */
  public static final int LONGEST = 3500;

  /** Bytes at most of what a site gives with a token, as {@link #bytesOf} counts them. */
  public static final int MOST_OF_SITE = 2600;

  /** How many bytes of an origin fit into these 4 KiB besides an address of {@link #LONGEST}. */
  private static final int USUAL_ORIGIN = 100;

  private static final int MOST_OF_MESSAGE = 500;

  /** A host name of the DNS with a port; what is longer was made up by the visitor's client. */
  private static final int LONGEST_DOMAIN = 260;

  private static final int LONGEST_COUNT = "&fields_omitted=1000000".length();

  private Callback() {}

  /**
   * The address after a success.
   *
   * @param domain the site's domain
   * @param fields further fields of the form, in order, which are repeated as far as there is room;
   *     none overrides the callback's own parameters, nor those that the site gave with the token
   */
  public static String success(
      UploadToken token, Photo photo, String domain, List<Map.Entry<String, String>> fields) {
    return success(token, photo, domain, fields, 0);
  }

  /**
   * The same where the client has left out some of the form's fields itself.
   *
   * @param omitted how many
   */
  public static String success(
      UploadToken token,
      Photo photo,
      String domain,
      List<Map.Entry<String, String>> fields,
      int omitted) {
    Map<String, String> own = own(token, domain);
    own.put("photo_id", Long.toString(photo.photoId()));
    own.put("tree_id", Integer.toString(photo.treeId()));
    own.put("token", photo.token());
    return address(token, own, fields, omitted);
  }

  /**
   * The address after a failure.
   *
   * @param code the code for scripts, such as {@code too_large}
   * @param message the reason, shown to the visitor; a very long one is cut
   * @param domain the site's domain
   * @param fields as of {@link #success}
   * @param omitted how many more fields the form has, which were not taken
   */
  public static String failure(
      UploadToken token,
      String code,
      String message,
      String domain,
      List<Map.Entry<String, String>> fields,
      int omitted) {
    Map<String, String> own = own(token, domain);
    own.put("error_message", CallbackQuery.cut(message, MOST_OF_MESSAGE - longOrigin(token)));
    own.put("error_code", code);
    return address(token, own, fields, omitted);
  }

  /** Whether the callback has a parameter of that name, or of one that a server may take for it. */
  public static boolean hasOwn(String name) {
    return CallbackNames.areRead(CallbackNames.OWN, name);
  }

  /** How many bytes of the address are what the site gave: its URL and its parameters, encoded. */
  public static int bytesOf(ReturnTo site) {
    ReturnAddress address = ReturnAddress.of(site.url()).without(CallbackNames.OWN::contains);
    return address.bytes() + new CallbackQuery().add(site.extra()).bytes();
  }

  private static Map<String, String> own(UploadToken token, String domain) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("domain", domain.length() <= LONGEST_DOMAIN ? domain : "");
    own.put(token.purpose().parameter(), token.id());
    return own;
  }

  /** By how many bytes the origin, which is in the same answer, is longer than usual. */
  private static int longOrigin(UploadToken token) {
    AllowedOrigin allowed = token.limits().allowedOrigin();
    return allowed == null ? 0 : Math.max(0, allowed.origin().length() - USUAL_ORIGIN);
  }

  private static String address(
      UploadToken token,
      Map<String, String> own,
      List<Map.Entry<String, String>> fields,
      int omittedBefore) {
    ReturnTo site = token.returnTo();
    CallbackQuery said = new CallbackQuery().add(own.entrySet());
    int room = LONGEST - longOrigin(token) - said.bytes() - LONGEST_COUNT;
    ReturnAddress address = returnAddress(site.url(), fields).within(room);
    room -= address.bytes();
    // The parameters of tokens issued before there was a limit may not fit.
    CallbackQuery given = new CallbackQuery();
    given.addFitting(others(site.extra(), CallbackNames.OWN), room);
    List<Map.Entry<String, String>> ofVisitor = others(fields, CallbackNames.OWN);
    List<Map.Entry<String, String>> free =
        ofVisitor.isEmpty() ? ofVisitor : others(ofVisitor, namesOf(site, address));
    CallbackQuery repeated = new CallbackQuery();
    int omitted = omittedBefore + ofVisitor.size() - free.size();
    omitted += repeated.addFitting(free, room - given.bytes());
    if (omitted > 0) {
      said.add("fields_omitted", Integer.toString(omitted));
    }
    // The site's and our own come last, as some servers take the last of a name.
    return address.with(repeated.text() + given.text() + said.text());
  }

  private static Set<String> namesOf(ReturnTo site, ReturnAddress address) {
    return Stream.concat(address.names(), site.extra().stream().map(Map.Entry::getKey))
        .flatMap(CallbackNames::readAs)
        .collect(Collectors.toSet());
  }

  /**
   * Parameters of a callback are removed from the query before it, so that it reports either a
   * success or a failure. If the site gave the address of an earlier callback, fields repeated
   * there that the form has again are removed, too.
   */
  private static ReturnAddress returnAddress(String url, List<Map.Entry<String, String>> fields) {
    ReturnAddress address = ReturnAddress.of(url);
    if (!address.wasCallback()) {
      return address.without(CallbackNames.OWN::contains);
    }
    Set<String> doubled = new HashSet<>(CallbackNames.OWN);
    fields.forEach(field -> doubled.add(field.getKey()));
    return address.without(doubled::contains);
  }

  private static List<Map.Entry<String, String>> others(
      List<Map.Entry<String, String>> parameters, Set<String> taken) {
    return parameters.stream()
        .filter(parameter -> !CallbackNames.areRead(taken, parameter.getKey()))
        .toList();
  }
}
