package slipway.http.front;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.http.BrokenBodyException;
import slipway.http.BrokenBodyException.Fault;
import slipway.http.Parameters;

/**
 * A request whose body must arrive whole, and not too slowly. Only this class reads the body: the
 * container's own readers of forms and parts would wait for it without limit.
 */
final class PacedRequest extends HttpServletRequestWrapper {
  private static final String ATTRIBUTE = PacedRequest.class.getName();

  private final BodyRules rules;
  private final BodyWait wait;
  private PacedInput input;

  PacedRequest(HttpServletRequest request, BodyRules rules) {
    super(request);
    this.rules = rules;
    this.wait = new BodyWait(request, rules);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (input == null) {
      input =
          new PacedInput(
              super.getInputStream(), rules.pace().watch(), wait, getContentLengthLong());
    }
    return input;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public Collection<Part> getParts() throws ServletException {
    throw new ServletException("Parts are read from the body as it comes");
  }

  @Override
  public Part getPart(String name) throws ServletException {
    throw new ServletException("Parts are read from the body as it comes");
  }

  /**
   * The parameters of the query, as far as they can be read: each container treats invalid encoding
   * differently, some as a failure of ours.
   */
  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> map = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : Parameters.ofReadableQuery(this).all()) {
      map.putIfAbsent(one.getKey(), new String[] {one.getValue()});
    }
    return map;
  }

  @Override
  public String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** Whether its head announces a body. */
  private boolean hasBody() {
    return getContentLengthLong() > 0 || getHeader("Transfer-Encoding") != null;
  }

  /** Whether its body arrived completely. */
  boolean isWhole() {
    return !hasBody() || (input != null && input.isRead() && input.broken() == null);
  }

  /** Whether the container has seen the end of its body, so that nothing of it is waited for. */
  boolean hasEnded() {
    return broken() != null
        && (broken().fault() == Fault.CUT || broken().fault() == Fault.MALFORMED);
  }

  /** Why its body did not arrive whole; null if there was no failure so far. */
  BrokenBodyException broken() {
    return input == null ? null : input.broken();
  }

  /** Whether the sender still waits for permission to send its body. */
  boolean isHeldBack() {
    return input == null && getHeader("Expect") != null;
  }

  /** Reads the rest of the body, up to so many bytes; returns whether that was all. */
  boolean readOff(long most) {
    byte[] buffer = new byte[16 * 1024];
    try {
      ServletInputStream in = getInputStream();
      for (long left = most; left > 0 && !isWhole(); ) {
        left -= Math.max(0, in.read(buffer));
      }
    } catch (IOException e) {
      return false;
    }
    return isWhole();
  }

  /**
   * Takes a place to wait for a body that is only discarded, unless it has one; false when none is
   * free, or there is no body.
   */
  static boolean mayBeWaitedFor(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof PacedRequest paced
        && !paced.isWhole()
        && paced.wait.mayBegin();
  }

  /** Attaches it to the request, for {@link #mayBeWaitedFor} and {@link #before}. */
  void attach() {
    setAttribute(ATTRIBUTE, this);
  }

  /** The one of a request that was here before; null for none. */
  static PacedRequest before(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof PacedRequest paced ? paced : null;
  }

  /** Gives back what it held to wait for its body. */
  void endWait() {
    wait.end();
  }
}
