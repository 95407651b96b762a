package slipway.http.uploadtoken;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.media.MediaType;
import slipway.token.AllowedOrigin;
import slipway.token.TokenLimits;
import slipway.upload.FileRules;

/** The parameters of a token that limit what is uploaded with it. */
public final class LimitParameters {
  private static final int MAX_TYPES = 50;

  /** The length of a type, a comma and the spaces around it. */
  private static final int MAX_TYPE_CHARS = 160;

  /** A name of the DNS has 253 characters at most. */
  private static final int MAX_ORIGIN = 300;

  /** The names of RFC 6838, 4.2, or all of a family. */
  private static final Pattern TYPE =
      Pattern.compile("[a-z]{1,20}/(\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})");

  private static final Parameter<List<String>> ACCEPT =
      Parameter.text("accept", MAX_TYPES * MAX_TYPE_CHARS)
          .as(LimitParameters::types)
          .orNone(List.of())
          .words(
              "MIME types taken, comma-separated, such as image/png,video/*; checked on the"
                  + " content.");
  private static final Parameter<AllowedOrigin> ALLOWED_ORIGIN =
      Parameter.text("allowed_origin", MAX_ORIGIN)
          .as(WebOrigin::parse)
          .words(
              "The one web origin whose pages may upload, such as https://www.example.com; with"
                  + " null after it, also forms of pages on other sites that tell no origin, as"
                  + " their Referrer-Policy is no-referrer or same-origin.");

  private final FileRules site;
  private final Parameter<Long> maxBytes;

  /**
   * The parameters for a site.
   *
   * @param site which files the site accepts; a token can only restrict these
   */
  public LimitParameters(FileRules site) {
    this.site = site;
    this.maxBytes = Parameter.number("max_bytes", 1, site.maxBytes()).words("The largest file.");
  }

  List<Parameter<?>> all() {
    return List.of(maxBytes, ACCEPT, ALLOWED_ORIGIN);
  }

  /**
   * The parameters about which files are accepted, without that about which pages may send them.
   */
  public List<Parameter<?>> ofFiles() {
    return List.of(maxBytes, ACCEPT);
  }

  /** The change that these request; missing parameters leave the limits as they are. */
  public UnaryOperator<TokenLimits> change(Parameters parameters) throws ApiException {
    Optional<Long> most = maxBytes.find(parameters);
    Optional<List<String>> types = ACCEPT.find(parameters);
    if (types.isPresent()) {
      check(new TokenLimits(null, types.get(), null));
    }
    return before ->
        new TokenLimits(
                most.orElse(before.maxBytes()),
                types.orElse(before.accept()),
                before.allowedOrigin())
            .shared();
  }

  private void check(TokenLimits limits) throws ApiException {
    if (site.within(limits).types().isEmpty()) {
      throw ApiException.invalid(
          ACCEPT.name(),
          "among the types that the site accepts: " + String.join(",", site.types()));
    }
  }

  /** Reads them. */
  TokenLimits parse(Parameters parameters) throws ApiException {
    TokenLimits limits =
        new TokenLimits(
            maxBytes.find(parameters).orElse(null),
            ACCEPT.of(parameters),
            ALLOWED_ORIGIN.find(parameters).orElse(null));
    check(limits);
    return limits.shared();
  }

  private static List<String> types(String parameter, String list) throws ApiException {
    List<String> types =
        Stream.of(list.toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .filter(type -> !type.isEmpty())
            .map(MediaType::realName)
            .distinct()
            .toList();
    if (types.size() > MAX_TYPES || !types.stream().allMatch(TYPE.asMatchPredicate())) {
      throw ApiException.invalid(
          parameter, "at most " + MAX_TYPES + " MIME types, such as image/png,video/*");
    }
    return types;
  }

  /** Adds the limits that were set to the fields of a reply. */
  static void put(Map<String, String> fields, TokenLimits limits) {
    if (limits.maxBytes() != null) {
      fields.put("max_bytes", limits.maxBytes().toString());
    }
    if (!limits.accept().isEmpty()) {
      fields.put("accept", String.join(",", limits.accept()));
    }
    if (limits.allowedOrigin() != null) {
      fields.put("allowed_origin", limits.allowedOrigin().text());
    }
  }
}
