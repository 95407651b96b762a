package slipway.http.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import slipway.http.limit.Proxies;
import slipway.net.FairShare;

/**
 * Limits lists, which may read many rows: few are made at a time, and an address without a key gets
 * no more of the waiting places than it leaves free for others. Some places are for requests
 * without parameters, such as those for the front page, so that these are answered however many
 * addresses search or page far back.
 */
public final class ListLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** No more than may wait for the database. */
  private static final int MOST = 32;

  /** The places for requests with parameters. */
  private static final int MOST_ASKING = 24;

  /** Answers a request that finds no place. */
  @FunctionalInterface
  public interface BusyAnswer {
    /** Answers with when to come again. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  private final transient Proxies proxies;
  private final transient Predicate<HttpServletRequest> isKnown;
  private final transient Set<String> lists;
  private final transient BusyAnswer busy;
  private final transient FairShare places = new FairShare(() -> MOST, MOST, 1);
  private final transient FairShare asking = new FairShare(() -> MOST_ASKING, MOST_ASKING, 1);

  /**
   * For requests that come through these proxies.
   *
   * @param isKnown whether a request shows a valid key, without a look at its body
   * @param lists the servlets' paths, without the asterisk of a mapping
   */
  public ListLimit(
      Proxies proxies, Predicate<HttpServletRequest> isKnown, Set<String> lists, BusyAnswer busy) {
    this.proxies = proxies;
    this.isKnown = isKnown;
    this.lists = lists;
    this.busy = busy;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!lists.contains(request.getServletPath()) || isKnown.test(request)) {
      chain.doFilter(request, response);
      return;
    }
    String address = proxies.countedAs(request);
    boolean asks = asks(request);
    if (!claim(address, asks)) {
      busy.answer(request, response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      release(address, asks);
    }
  }

  private static boolean asks(HttpServletRequest request) {
    return request.getQueryString() != null || request.getMethod().equals("POST");
  }

  private boolean claim(String address, boolean asks) {
    if (asks && !asking.claim(address, 1)) {
      return false;
    }
    boolean isClaimed = places.claim(address, 1);
    if (asks && !isClaimed) {
      asking.release(address, 1);
    }
    return isClaimed;
  }

  private void release(String address, boolean asks) {
    places.release(address, 1);
    if (asks) {
      asking.release(address, 1);
    }
  }
}
