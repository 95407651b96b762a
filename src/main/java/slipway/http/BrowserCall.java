package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import slipway.net.EntityTag;

/** What a method may do with the browser that calls it: start and end its session, redirect it. */
public final class BrowserCall {
  private final SessionCookie cookie;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String address;
  private String sentOn;
  private Picture picture;

  /**
   * The browser that sent a request.
   *
   * @param address the address that limits count
   */
  BrowserCall(
      SessionCookie cookie,
      HttpServletRequest request,
      HttpServletResponse response,
      String address) {
    this.address = address;
    this.cookie = cookie;
    this.request = request;
    this.response = response;
  }

  /**
   * Checks that a script of this site's own pages makes the call.
   *
   * @throws ApiException when any other page may have
   */
  public void checkOwnPage() throws ApiException {
    cookie.checkPage(request);
  }

  /** Whether the caller is known by a session, and not by a key. */
  public boolean isBySession() {
    return SessionCookie.isCounted(request);
  }

  /** Where it is, as limits count it: an address, or a network of IPv6. */
  public String address() {
    return address;
  }

  /** Whether the browser has the version with that tag, and requests it only if it has changed. */
  public boolean has(EntityTag tag) {
    return !request.getMethod().equals("POST") && tag.isAmong(request.getHeader("If-None-Match"));
  }

  /** Gives it the id of its session. */
  public void begin(String sessionId) {
    cookie.give(request, response, sessionId);
  }

  /** Ends its session, if it has one. */
  public void end() {
    cookie.end(request, response);
  }

  /**
   * Redirects it, unless the reply was requested.
   *
   * @param url an absolute http or https URL, or a path of this site
   */
  public void sendOn(String url) {
    this.sentOn = url.startsWith("/") ? absolute(url) : url;
  }

  /** The address, as this browser has it, of a path of this site, which begins with a slash. */
  public String absolute(String path) {
    return cookie.origins().text(request) + request.getContextPath() + path;
  }

  /** Sends it a picture in place of the reply. */
  public void show(Picture shown) {
    this.picture = shown;
  }

  /** The picture that is sent in place of the reply; null for none. */
  Picture picture() {
    return picture;
  }

  /** Where it is redirected: an absolute URL; null for nowhere. */
  public String sentOn() {
    return sentOn;
  }
}
