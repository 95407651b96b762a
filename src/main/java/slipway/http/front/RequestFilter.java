package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import slipway.health.BusyException;
import slipway.health.Nuisance;
import slipway.health.UnavailableException;
import slipway.http.BrokenBody;
import slipway.http.BrokenBodyException;
import slipway.http.limit.BodySlots.Slot;
import slipway.http.limit.Proxies;
import slipway.media.MediaAwayException;

/**
 * The first filter: gives the request an id, sets the headers of every answer, enforces the pace of
 * the body, and logs the outcome. Failures behind it are answered without internal details, and
 * never reach the container's log, which would reveal the address.
 */
public final class RequestFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);

  /** While something is unreachable, each request fails; this logs it once. */
  private static final Nuisance UNAVAILABLE = new Nuisance();

  /** As much as Tomcat discards by default. */
  private static final long READ_OFF_BYTES = 2 << 20;

  private final transient Proxies proxies;
  private final transient BodyRules rules;
  private final transient Readers readers;
  private final transient RunningRequests running;
  private final transient CrossOrigin crossOrigin;
  private final transient LoggedPath paths;
  private final transient AccessLog log;

  /**
   * A front behind these proxies, which reports requests that change something to {@code running}.
   *
   * @param crossOrigin what pages of other origins may call
   * @param secretPrefixes the prefixes of paths that continue with a secret
   */
  public RequestFilter(
      Proxies proxies,
      BodyRules rules,
      Readers readers,
      RunningRequests running,
      CrossOrigin crossOrigin,
      List<String> secretPrefixes) {
    this.proxies = proxies;
    this.rules = rules;
    this.readers = readers;
    this.running = running;
    this.crossOrigin = crossOrigin;
    this.paths = new LoggedPath(secretPrefixes);
    this.log = new AccessLog(paths);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    PacedRequest before = PacedRequest.before(request);
    if (before != null) {
      // The error page of a request that has passed this filter already.
      passError(before, request, response, chain);
      return;
    }
    PacedRequest paced = new PacedRequest(request, rules);
    paced.attach();
    String id = RequestId.of(request, proxies);
    try (MDC.MDCCloseable named = MDC.putCloseable(RequestId.IN_LOGS, id)) {
      response.setHeader(RequestId.HEADER, id);
      SecurityHeaders.set(response);
      Passage passage = new Passage(id, paced, new CountedResponse(response, readers.turn(paced)));
      try {
        pass(paced, passage.response(), chain);
        // Tomcat 11 delivers no more of the body once it holds a whole answer of known length.
        if (paced.isAsyncStarted() || (!paced.isWhole() && !passage.response().isShort())) {
          passage.response().pass();
        }
        if (!paced.isAsyncStarted()) {
          endBody(paced, passage.response());
          endAnswer(paced, paced, passage.response(), passage::log);
        }
      } finally {
        paced.endWait();
        passage.response().abandon();
        passage.endNowOrLater();
      }
    }
  }

  /**
   * Makes sure that nothing is left of a request's body: Tomcat would continue to read it, at the
   * sender's pace, for as long as that takes. This comes before the answer is complete, as
   * containers deliver no body after that.
   */
  private static void endBody(PacedRequest request, CountedResponse response) throws IOException {
    boolean isOut = request.broken() == null && response.isCommitted();
    boolean isAll = request.isWhole() || (!request.isHeldBack() && request.readOff(READ_OFF_BYTES));
    request.endWait();
    if (isAll) {
      return;
    }
    BrokenBodyException broken = request.broken();
    if (broken != null) {
      BrokenBody.decide(request, broken);
    }
    if (response.hasError() || (broken != null && isLeftTo(broken.fault(), isOut))) {
      response.pass();
      return;
    }
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
    CutException.cut(request, response);
  }

  /**
   * Whether the container ends the connection because of a fault that it found, after its error
   * page if that can still be shown. If the answer is already out, the container blames us for the
   * unread rest.
   */
  private static boolean isLeftTo(BrokenBodyException.Fault fault, boolean isOut) {
    return fault.isContainers() && !(isOut && fault == BrokenBodyException.Fault.MALFORMED);
  }

  /** An answer to a broken request is left to the container, which ends the connection. */
  private static void endAnswer(
      PacedRequest request, HttpServletRequest asked, CountedResponse response, Runnable beforeIt)
      throws IOException {
    if (request.isWhole() && !response.hasError() && !response.isBroken()) {
      response.turn().end(asked, response, beforeIt);
    }
  }

  private void passError(
      PacedRequest before,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    CountedResponse counted = new CountedResponse(response, readers.turn(before));
    try {
      chain.doFilter(request, counted);
      if (!before.isWhole() || request.isAsyncStarted()) {
        counted.pass();
        endError(before, counted);
      } else {
        endAnswer(before, request, counted, () -> {});
      }
    } finally {
      counted.abandon();
    }
  }

  /** The same once the error page is written. */
  private static void endError(PacedRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.isWhole() && !request.hasEnded()) {
      CutException.cut(request, response);
    }
  }

  private void pass(PacedRequest request, CountedResponse response, FilterChain chain)
      throws IOException {
    if (crossOrigin.answered(request, response)) {
      return;
    }
    if (running.isClosing()) {
      response.setHeader("Connection", "close");
      response.setHeader("Retry-After", "5");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    Throwable failure = null;
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      failure = e;
    }
    // Only servlets of the container itself may be asynchronous.
    if (failure != null || !request.isAsyncStarted()) {
      settle(request, response, failure);
    }
  }

  /**
   * Makes sure that the request ends with an answer that was decided: otherwise a container would
   * send 200.
   */
  private void settle(PacedRequest request, CountedResponse response, Throwable failure)
      throws IOException {
    BrokenBodyException broken = request.broken();
    if (broken != null) {
      BrokenBody.decide(request, broken);
    }
    if (failure == null && response.isDecided()) {
      return;
    }
    if (broken != null || response.isBroken()) {
      LOG.debug("The client has disconnected, or its request is incomplete", failure);
    } else if (failure instanceof BusyException) {
      LOG.debug("A request was refused, because too many others are running", failure);
    } else if (isAway(failure) && !UNAVAILABLE.isNews(failure)) {
      LOG.debug("A request failed for the same reason as others", failure);
    } else if (failure != null) {
      LOG.error("A request failed", failure);
    } else {
      LOG.error("Nothing decided the answer to {}: 500 is sent", paths.of(request));
    }
    if (response.hasBegun()) {
      // It must not end as if it were whole. Containers log no address for their own exceptions.
      throw response.isBroken() && failure instanceof IOException gone
          ? gone
          : new IOException("The answer was cut short");
    } else if (broken != null) {
      BrokenBody.answer(request, response);
    } else if (isAway(failure)) {
      response.setHeader("Retry-After", "2");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof UnavailableException || failure instanceof MediaAwayException;
  }

  /** One request in progress, on this thread or on others. */
  private final class Passage extends AsyncEnd {
    private final long start = System.nanoTime();
    private final String id;
    private final PacedRequest request;
    private final CountedResponse response;
    private final boolean changes;
    private boolean isLogged;

    Passage(String id, PacedRequest request, CountedResponse response) {
      this.id = id;
      this.request = request;
      this.response = response;
      this.changes = AllowedMethods.mayChange(request);
      if (changes) {
        running.enter();
      }
    }

    CountedResponse response() {
      return response;
    }

    /**
     * Once the last request has left, a container that stops may close connections with answers in
     * them; Tomcat tells an application of the stop only then. An action that was done is answered,
     * whatever slow readers hold.
     */
    private void sendBeforeTheEnd() {
      if (!response.hasError() && !response.hasEnded()) {
        try (Slot held = response.turn().threadIfFree()) {
          response.flushBuffer();
        } catch (IOException e) {
          LOG.debug("The client has disconnected", e);
        }
      }
    }

    void endNowOrLater() {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(this);
      } else {
        end();
      }
    }

    @Override
    void end() {
      if (changes) {
        sendBeforeTheEnd();
        running.leave();
      }
      log();
    }

    /** Logs it, once, and if possible before the client has the answer. */
    void log() {
      if (isLogged) {
        return;
      }
      isLogged = true;
      try (MDC.MDCCloseable named = MDC.putCloseable(RequestId.IN_LOGS, id)) {
        long nanos = System.nanoTime() - start;
        String client = proxies.client(request);
        log.answered(request, client, response.getStatus(), response.length(), nanos);
      }
    }
  }
}
