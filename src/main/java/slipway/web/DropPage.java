package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import slipway.token.link.KeptLink;
import slipway.token.link.LinkState;
import slipway.token.link.UploadLink;
import slipway.token.link.UploadLinks;
import slipway.upload.FileRules;

/**
 * {@code /drop/<link>}: the page of an upload link. Its button gives a guest an upload token; the
 * page itself gives none, so that software which previews it takes none. Guests return here if the
 * link has no return_url.
 */
public final class DropPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient UploadLinks links;
  private final transient FileRules rules;
  private final transient Clock clock;

  /** The page of that site. */
  public DropPage(PageSite site, UploadLinks links, FileRules rules, Clock clock) {
    this.site = site;
    this.links = links;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Robots-Tag", "noindex");
    String path = request.getPathInfo();
    KeptLink kept = links.find(path == null ? "" : path.substring(1)).orElse(null);
    LinkState state = kept == null ? LinkState.WITHDRAWN : kept.state(clock.instant());
    if (state == LinkState.OPEN && QrCode.isAskedFor(request)) {
      QrCode.of(address(kept.link(), request)).send(response);
      return;
    }
    FileRules accepted = kept == null ? rules : rules.within(kept.link().limits());
    DropNews news = DropNews.of(request, accepted);
    if (state == LinkState.OPEN || (state == LinkState.FULL && news.isThanks())) {
      page(kept, state, news, request).send(response);
    } else {
      UploadEnd end = UploadEnd.of(state);
      new PageTemplate(site, "upload-end", request)
          .with("end", end)
          .with("token", null)
          .with("again", null)
          .status(end.status())
          .send(response);
    }
  }

  private String address(UploadLink link, HttpServletRequest request) {
    return site.address(request, "/drop/" + link.id());
  }

  private PageTemplate page(
      KeptLink kept, LinkState state, DropNews news, HttpServletRequest request) {
    UploadLink link = kept.link();
    String address = address(link, request);
    Instant until = link.bounds().validUntil();
    return new PageTemplate(site, "drop", request)
        .with("link", link)
        .with("files", kept.filesOfAGuest())
        .with("open", state == LinkState.OPEN)
        .with("news", news.text())
        .with("thanks", news.isThanks())
        .with("rules", rules.within(link.limits()).atMost(kept.bytesLeft()))
        .with("room", kept.bytesLeft())
        .with("left", Duration.between(clock.instant(), until))
        .with("address", address)
        .with("qrCode", QrCode.of(address))
        .formsTellOrigin();
  }
}
