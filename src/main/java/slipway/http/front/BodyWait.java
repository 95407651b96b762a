package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import slipway.http.UnknownSender;
import slipway.http.limit.BodySlots;

/** One request's wait for its body. */
final class BodyWait {
  private static final String ADMITTED = BodyWait.class.getName() + ".admitted";

  private final HttpServletRequest request;
  private final BodyRules rules;
  private final Pace.Watch unknown;
  private BodySlots.Slot slot;
  private long waited;

  BodyWait(HttpServletRequest request, BodyRules rules) {
    this.request = request;
    this.rules = rules;
    this.unknown = rules.unknown().watch();
  }

  /** Whether the request holds a slot for uploads, so that its body needs no other. */
  static void admit(HttpServletRequest request, boolean isUpload) {
    request.setAttribute(ADMITTED, isUpload ? true : null);
  }

  private boolean isAdmitted() {
    return request.getAttribute(ADMITTED) != null;
  }

  /** Whether it may wait without a limit of its own: it holds a slot, perhaps one for uploads. */
  boolean hasRoom() {
    return slot != null || isAdmitted();
  }

  /** To be asked before a wait: whether there is room for one more. */
  boolean mayBegin() {
    if (!hasRoom()) {
      slot = rules.enter(request).orElse(null);
      return slot != null;
    }
    return true;
  }

  /** Reports a wait for so many bytes; returns whether it was too long. */
  boolean isTooLong(long came, long nanos) {
    if (isAdmitted()) {
      return UnknownSender.is(request) && unknown.isTooSlow(came, nanos);
    }
    waited += nanos;
    return waited > rules.patience().toNanos();
  }

  /** Gives back the slot, as the body is no longer waited for. */
  void end() {
    if (slot != null) {
      slot.close();
      slot = null;
    }
  }
}
