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
 * Stands before lists, which may look at many rows: few are made at a time, and an address without
 * a key gets no more of the places to wait than it leaves free for others.
 */
public final class ListLimit extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** No more than the database lets wait. */
  private static final int MOST = 32;

  /** What answers a request that finds no place. */
  @FunctionalInterface
  public interface BusyAnswer {
    /** Says when to come again. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  private final transient Proxies proxies;
  private final transient Predicate<HttpServletRequest> isKnown;
  private final transient Set<String> lists;
  private final transient BusyAnswer busy;
  private final transient FairShare places = new FairShare(() -> MOST, MOST, 1);

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
    if (!places.claim(address, 1)) {
      busy.answer(request, response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release(address, 1);
    }
  }
}
