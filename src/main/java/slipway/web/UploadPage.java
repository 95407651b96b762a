package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import slipway.net.HostName;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.token.link.KeptLink;
import slipway.token.link.LinkState;
import slipway.token.link.UploadLinks;
import slipway.upload.FileRules;
import slipway.upload.TokenStates;

/**
 * {@code /upload/<token>}: a page to upload with a token, including a replace token, for sites that
 * send a link instead of having a form of their own. Its address is a secret like the token: it is
 * never logged, and no cache, search engine or other site learns it.
 */
public final class UploadPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient TokenRegistry tokens;
  private final transient TokenStates states;
  private final transient UploadLinks links;
  private final transient FileRules rules;
  private final transient Clock clock;

  /** The page of that site. */
  public UploadPage(
      PageSite site,
      TokenRegistry tokens,
      TokenStates states,
      UploadLinks links,
      FileRules rules,
      Clock clock) {
    this.site = site;
    this.tokens = tokens;
    this.states = states;
    this.links = links;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Robots-Tag", "noindex");
    String path = request.getPathInfo();
    KeptToken kept = tokens.recall(path == null ? "" : path.substring(1)).orElse(null);
    UploadEnd end =
        kept == null
            ? UploadEnd.UNKNOWN
            : UploadEnd.of(kept, states.of(kept), site.origin().apply(request));
    if (end == null && QrCode.isAskedFor(request)) {
      QrCode.of(address(kept.token(), request)).send(response);
    } else if (end == null) {
      open(kept, request).send(response);
    } else {
      new PageTemplate(site, "upload-end", request)
          .with("end", end)
          .with("token", kept == null ? null : kept.token())
          .with("again", end == UploadEnd.USED_UP ? again(kept.token(), request) : null)
          .status(end.status())
          .send(response);
    }
  }

  /** Where a guest gets another token; null for nowhere. */
  private String again(UploadToken token, HttpServletRequest request) {
    return link(token)
        .filter(kept -> kept.state(clock.instant()) == LinkState.OPEN)
        .map(kept -> request.getContextPath() + "/drop/" + kept.link().id())
        .orElse(null);
  }

  private String address(UploadToken token, HttpServletRequest request) {
    return site.address(request, "/upload/" + token.id());
  }

  /** What the site calls it; empty for nothing. */
  private String title(UploadToken token) {
    return token.details().title().isEmpty()
        ? link(token).map(kept -> kept.link().name()).orElse("")
        : token.details().title();
  }

  private Optional<KeptLink> link(UploadToken token) {
    return Optional.ofNullable(token.issuer().link()).flatMap(links::find);
  }

  /** Where the uploader's texts in the visitor's language are; null for those that it has. */
  private String words(HttpServletRequest request) {
    String path = site.assets().texts(Texts.of(request).lang());
    return path == null ? null : request.getContextPath() + path;
  }

  private PageTemplate open(KeptToken kept, HttpServletRequest request) {
    UploadToken token = kept.token();
    String address = address(token, request);
    URI back = URI.create(token.returnTo().url());
    boolean replaces = token.purpose() == TokenPurpose.REPLACE;
    Optional<KeptLink> link = link(token);
    int ofLink = link.map(KeptLink::filesOfAGuest).orElse(Integer.MAX_VALUE);
    long room = link.map(KeptLink::bytesLeft).orElse(Long.MAX_VALUE);
    boolean comesBackHere = link.filter(of -> of.link().returnUrl().isEmpty()).isPresent();
    return new PageTemplate(site, "upload", request)
        .with("title", title(token))
        .with("token", token)
        .with("replaces", replaces)
        .with("filesLeft", replaces ? 1 : Math.min(kept.usesLeft(), ofLink))
        .with("usesLeft", kept.usesLeft())
        // A form waits for a use that is held, as that may become free.
        .with("filesFree", replaces ? 1 : Math.max(1, Math.min(kept.usesFree(), ofLink)))
        .with("underWay", kept.inProgress())
        .with("rules", rules.within(token.limits()).atMost(room))
        .with("room", room)
        .with("now", clock.instant())
        .with("address", address)
        .with("qrCode", QrCode.of(address))
        .with("returnHost", comesBackHere ? null : HostName.of(back))
        .with("words", words(request))
        .formsTellOrigin()
        .formsLeadTo(back.getScheme() + "://" + back.getRawAuthority());
  }
}
