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
 * A request whose body must come whole, and not too slowly. There is one way to the body: the
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
   * The parameters of the query, as far as they can be read: of one that is not encoded as it must
   * be, each container makes something else, and some a fault of ours.
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

  /** Whether its head says that a body follows. */
  private boolean hasBody() {
    return getContentLengthLong() > 0 || getHeader("Transfer-Encoding") != null;
  }

  /** Whether its body arrived, to its end. */
  boolean isWhole() {
    return !hasBody() || (input != null && input.isRead() && input.broken() == null);
  }

  /** Whether its body has an end that the container has seen: nothing of it is waited for. */
  boolean hasEnded() {
    return broken() != null
        && (broken().fault() == Fault.CUT || broken().fault() == Fault.MALFORMED);
  }

  /** Why its body did not arrive whole; null where nothing is wrong with what was read of it. */
  BrokenBodyException broken() {
    return input == null ? null : input.broken();
  }

  /** Whether the sender waits to be told to send its body, and was not. */
  boolean isHeldBack() {
    return input == null && getHeader("Expect") != null;
  }

  /** Reads what is left of the body, up to so many bytes; whether that was all. */
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
   * Takes a place for the wait for a body that is read off only, unless it has one; false when none
   * is free, or there is no body.
   */
  static boolean mayBeWaitedFor(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof PacedRequest paced
        && !paced.isWhole()
        && paced.wait.mayBegin();
  }

  /** Makes it the one that {@link #mayBeWaitedFor} asks, and the one that was here before. */
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
