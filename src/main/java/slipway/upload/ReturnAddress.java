package slipway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import slipway.net.AsciiUrl;

/**
 * A return_url in ASCII, in its parts.
 *
 * @param start all before the query
 * @param query its parameters as they are encoded; null for none, as without a question mark
 * @param fragment with its hash; empty for none
 */
record ReturnAddress(String start, List<String> query, String fragment) {
  static ReturnAddress of(String url) {
    String ascii = AsciiUrl.of(url);
    int hash = ascii.indexOf('#');
    String address = hash < 0 ? ascii : ascii.substring(0, hash);
    String fragment = hash < 0 ? "" : ascii.substring(hash);
    int mark = address.indexOf('?');
    return mark < 0
        ? new ReturnAddress(address, null, fragment)
        : new ReturnAddress(
            address.substring(0, mark),
            List.of(address.substring(mark + 1).split("&", -1)),
            fragment);
  }

  /** Whether it is the address of an earlier callback, given as a return_url again. */
  boolean wasCallback() {
    return has("domain") && (has("upload_token") || has("replace_token"));
  }

  private boolean has(String name) {
    return names().anyMatch(name::equals);
  }

  private static String name(String pair) {
    return URLDecoder.decode(pair.split("=", 2)[0], UTF_8);
  }

  /** The names of its parameters. */
  Stream<String> names() {
    return query == null
        ? Stream.empty()
        : query.stream().map(ReturnAddress::name).filter(name -> !name.isEmpty());
  }

  /** Without the parameters of such names. */
  ReturnAddress without(Predicate<String> names) {
    return query == null || query.stream().noneMatch(pair -> names.test(name(pair)))
        ? this
        : new ReturnAddress(
            start, query.stream().filter(pair -> !names.test(name(pair))).toList(), fragment);
  }

  /** Its first bytes, up to a limit: if it is longer, a visitor gets at least to the site. */
  ReturnAddress within(int bytes) {
    if (bytes() <= bytes) {
      return this;
    }
    String origin = start.replaceFirst("^([^/]*//[^/]*).*", "$1/");
    return Stream.of(new ReturnAddress(start, query, ""), new ReturnAddress(start, null, ""))
        .filter(address -> address.bytes() <= bytes)
        .findFirst()
        .orElse(new ReturnAddress(origin, null, ""));
  }

  int bytes() {
    return with("").length();
  }

  /**
   * The address with further parameters.
   *
   * @param parameters each after an ampersand; empty for none
   */
  String with(String parameters) {
    String own = query == null ? "" : String.join("&", query);
    boolean isOpen = own.isEmpty() || own.endsWith("&");
    String further = isOpen && !parameters.isEmpty() ? parameters.substring(1) : parameters;
    String mark = query == null && further.isEmpty() ? "" : "?";
    return start + mark + own + further + fragment;
  }
}
