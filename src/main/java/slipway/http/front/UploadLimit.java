package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ContentCoding;
import slipway.http.RequestBody;
import slipway.http.limit.UploadSlots;
import slipway.http.limit.UploadSlots.Refusal;
import slipway.http.upload.Door;
import slipway.language.Saying;

/**
 * Precedes the methods that take files, and limits the uploads of one address, in a minute and at
 * the same time, and of all to what the server can bear. A refused upload is read and discarded
 * within bounds before it is answered, so that its sender reads the answer.
 */
public final class UploadLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Duration ADDRESS_WAIT = Duration.ofSeconds(5);
  private static final int SERVER_WAIT_SECONDS = 10;

  private final transient Api api;
  private final transient List<Door> doors;
  private final transient UploadSlots slots;
  private final long readOffBytes;
  private final long readOffMillis;

  /**
   * Guards these doors with these slots, and discards at most that much of a refused upload, for at
   * most that long.
   */
  public UploadLimit(
      Api api, List<Door> doors, UploadSlots slots, long readOffBytes, long readOffMillis) {
    this.api = api;
    this.doors = doors;
    this.slots = slots;
    this.readOffBytes = readOffBytes;
    this.readOffMillis = readOffMillis;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    for (Door door : doors) {
      if (door.isAt(request.getServletPath())) {
        door.beginning().of(request, response);
      }
    }
    Optional<ApiException> coded = ContentCoding.fault(request);
    if (coded.isPresent()) {
      refuse(request, response, coded.get());
      return;
    }
    String address = api.proxies().countedAs(request);
    Duration wait = api.rates().anonymous(address);
    if (!wait.isZero()) {
      refuse(request, response, tooMany(wait));
      return;
    }
    boolean isKnown = api.callers().showsKey(request);
    boolean isInChunks = request.getHeader("Transfer-Encoding") != null;
    Optional<Refusal> refusal = isKnown ? slots.enter() : slots.enter(address, isInChunks);
    if (refusal.isPresent()) {
      refuse(request, response, error(refusal.get()));
      return;
    }
    BodyWait.admit(request, true);
    try {
      chain.doFilter(request, response);
    } finally {
      BodyWait.admit(request, false);
      if (isKnown) {
        slots.leave();
      } else {
        slots.leave(address, isInChunks);
      }
    }
  }

  private static ApiException error(Refusal refusal) {
    return switch (refusal) {
      case ADDRESS_FULL -> tooMany(ADDRESS_WAIT);
      case SERVER_FULL ->
          ApiException.tryLater(
                  "The server has as many uploads as it can take; please try again soon.",
                  SERVER_WAIT_SECONDS)
              .saidAs(Saying.of("refused.busy"));
    };
  }

  private static ApiException tooMany(Duration wait) {
    return ApiException.rateLimited(
            "Too many uploads from your address; please wait a little.", wait)
        .saidAs(Saying.of("refused.too_many"));
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, ApiException error)
      throws IOException {
    // It holds a thread, however fast its body comes, like any other body that is waited for.
    if (PacedRequest.mayBeWaitedFor(request)) {
      RequestBody body = new RequestBody(request.getInputStream());
      body.drain(readOffBytes, readOffMillis);
    }
    response.setHeader("Connection", "close");
    api.refuse(request, response, error);
  }
}
