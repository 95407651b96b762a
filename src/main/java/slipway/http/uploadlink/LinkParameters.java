package slipway.http.uploadlink;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.http.AlbumParameter;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.TextParameters;
import slipway.http.WebAddress;
import slipway.http.photo.UpdatePhoto;
import slipway.http.uploadtoken.LimitParameters;
import slipway.http.uploadtoken.ReturnUrls;
import slipway.photo.Albums;
import slipway.secret.PasswordHash;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenTerms;
import slipway.token.UploadToken;
import slipway.token.link.LinkBounds;
import slipway.token.link.UploadLink;
import slipway.upload.Callback;
import slipway.upload.FileRules;

/** The parameters of a link, which are the same when it is created and when it is changed. */
public final class LinkParameters {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_PASSWORD = 200;
  private static final long MOST_COUNTED = 1_000_000_000;
  private static final Duration DEFAULT_LIFE = Duration.ofDays(30);
  private static final int MOST_DAYS = 366;

  private static final Parameter<String> NAME =
      TextParameters.plain("name", LONGEST_NAME).words("Shown to guests at the top of the page.");
  private static final Parameter<Boolean> PUBLISH =
      Parameter.flag("publish")
          .words("0: the public sees no upload until photo/update publishes it. Default is 1.");
  private static final Parameter<Integer> VALID_MINUTES =
      Parameter.integer("valid_minutes", UploadToken.MIN_MINUTES, UploadToken.MAX_MINUTES)
          .words("Of each guest's upload token. Default is " + UploadToken.DEFAULT_MINUTES + ".");
  private static final Parameter<Integer> MAX_UPLOADS =
      Parameter.integer("max_uploads", 1, UploadToken.MAX_UPLOADS)
          .words("Of each guest's upload token. Default is " + UploadToken.MAX_UPLOADS + ".");
  private static final Parameter<Instant> VALID_UNTIL =
      Parameter.moment("valid_until")
          .words(
              "When it ends: from then on it issues no token, and no upload begins with those it"
                  + " issued. At most "
                  + MOST_DAYS
                  + " days ahead. Default is in "
                  + DEFAULT_LIFE.toDays()
                  + " days.");
  private static final Parameter<Long> MAX_GUESTS =
      total("max_guests", MOST_COUNTED, "Upload tokens that it issues");
  private static final Parameter<Long> MAX_FILES =
      total("max_files", MOST_COUNTED, "Files of all guests together");
  private static final Parameter<Long> MAX_TOTAL =
      total("max_total_bytes", Long.MAX_VALUE / 2, "Bytes of all files together");
  private static final Parameter<String> PASSWORD =
      Parameter.text("password", LONGEST_PASSWORD)
          .takingEmpty()
          .words("Password that guests must enter; stored as a hash. Empty for none.");

  private static final Parameter<Boolean> NOTIFIED =
      Parameter.flag("notify")
          .words(
              "0: no e-mail, where the site sends any, about files that come by this link. Default"
                  + " is 1.");

  private final LimitParameters limits;
  private final Parameter<String> returnUrl;
  private final TextParameters texts;
  private final Albums albums;
  private final Clock clock;

  /**
   * The parameters for a site.
   *
   * @param rules which files the site takes
   * @param returnUrls where guests may be sent back to
   */
  public LinkParameters(
      FileRules rules, ReturnUrls returnUrls, TextParameters texts, Albums albums, Clock clock) {
    this.limits = new LimitParameters(rules);
    this.returnUrl =
        Parameter.text("return_url", Callback.MOST_OF_SITE)
            .as((name, text) -> address(name, text, returnUrls))
            .orNone("")
            .takingEmpty()
            .words(
                "Where guests return to: an absolute http or https URL of at most "
                    + Callback.MOST_OF_SITE
                    + " characters, percent-encoded. Empty for the link's own page, which thanks them.");
    this.texts = texts;
    this.albums = albums;
    this.clock = clock;
  }

  private static Parameter<Long> total(String name, long most, String what) {
    return Parameter.number(name, 0, most).words(what + "; 0, the default, for any number.");
  }

  private static String address(String name, String text, ReturnUrls allowed) throws ApiException {
    if (text.isEmpty()) {
      return "";
    }
    URI url = allowed.check(name, WebAddress.parse(name, text));
    ReturnTo returnTo = new ReturnTo(url.toString(), false, List.of());
    if (Callback.bytesOf(returnTo) > Callback.MOST_OF_SITE) {
      throw ApiException.invalid(
          name, "at most " + Callback.MOST_OF_SITE + " bytes, percent-encoded");
    }
    return url.toString();
  }

  List<Parameter<?>> all() {
    return Parameter.all(
        List.of(
            NAME,
            returnUrl,
            VALID_UNTIL,
            MAX_GUESTS,
            MAX_FILES,
            MAX_TOTAL,
            PASSWORD,
            VALID_MINUTES,
            MAX_UPLOADS,
            AlbumParameter.IDS.words("Albums that the uploads go into, comma-separated."),
            texts.title(),
            texts.description(),
            texts.tagList(),
            PUBLISH,
            NOTIFIED),
        limits.ofFiles());
  }

  /** A link with the defaults. */
  UploadLink blank(Long owner, Issuer issuer) {
    Instant now = clock.instant();
    Details none = Details.NONE;
    return new UploadLink(
        UploadLink.newId(now),
        "",
        "",
        new Details(
            owner,
            none.albumIds(),
            none.title(),
            none.description(),
            none.tags(),
            none.publish(),
            null,
            null),
        TokenLimits.NONE,
        TokenTerms.of(UploadToken.DEFAULT_MINUTES, UploadToken.MAX_UPLOADS),
        new LinkBounds(now.plus(DEFAULT_LIFE), null, 0, 0, 0, true),
        issuer);
  }

  /** The change that a call requests; missing parameters leave the link as it is. */
  UnaryOperator<UploadLink> parse(Parameters parameters) throws ApiException {
    Optional<String> name = NAME.find(parameters);
    Optional<String> address = returnUrl.find(parameters);
    Optional<Integer> minutes = VALID_MINUTES.find(parameters);
    Optional<Integer> uploads = MAX_UPLOADS.find(parameters);
    DetailsChange details = details(parameters);
    UnaryOperator<TokenLimits> files = limits.change(parameters);
    UnaryOperator<LinkBounds> bounds = bounds(parameters);
    return link ->
        new UploadLink(
            link.id(),
            name.orElse(link.name()),
            address.orElse(link.returnUrl()),
            details.of(link.details()),
            files.apply(link.limits()),
            TokenTerms.of(
                minutes.orElse(link.terms().validMinutes()),
                uploads.orElse(link.terms().maxUploads())),
            bounds.apply(link.bounds()),
            link.issuer());
  }

  private DetailsChange details(Parameters parameters) throws ApiException {
    return new DetailsChange(
        UpdatePhoto.albumIds(parameters, albums),
        texts.title().find(parameters).orElse(null),
        texts.description().find(parameters).orElse(null),
        texts.tagList().find(parameters).orElse(null),
        PUBLISH.find(parameters).orElse(null));
  }

  private UnaryOperator<LinkBounds> bounds(Parameters parameters) throws ApiException {
    Optional<Instant> until = VALID_UNTIL.find(parameters);
    if (until.isPresent()) {
      checkEnd(until.get());
    }
    Optional<Long> guests = MAX_GUESTS.find(parameters);
    Optional<Long> files = MAX_FILES.find(parameters);
    Optional<Long> total = MAX_TOTAL.find(parameters);
    Optional<Boolean> notified = NOTIFIED.find(parameters);
    Optional<String> given = PASSWORD.find(parameters);
    String hash = given.filter(text -> !text.isEmpty()).map(PasswordHash::of).orElse(null);
    return bounds ->
        new LinkBounds(
            until.orElse(bounds.validUntil()),
            given.isPresent() ? hash : bounds.password(),
            guests.orElse(bounds.maxGuests()),
            files.orElse(bounds.maxFiles()),
            total.orElse(bounds.maxTotal()),
            notified.orElse(bounds.notified()));
  }

  private void checkEnd(Instant until) throws ApiException {
    Instant now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(Duration.ofDays(MOST_DAYS)))) {
      throw ApiException.invalid(
          VALID_UNTIL.name(), "a moment in the future, at most " + MOST_DAYS + " days ahead");
    }
  }
}
