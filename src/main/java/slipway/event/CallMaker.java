package slipway.event;

import java.time.Duration;
import java.util.Optional;

/** Makes calls of some kinds, one attempt at a time. For many threads. */
public interface CallMaker {
  /** Makes the call, within {@link #limit}; empty when it was acknowledged. */
  Optional<CallFailure> make(OutgoingCall call);

  /** How long an attempt takes at most. */
  Duration limit();

  /** Cuts the attempts under way; no other begins. */
  void abort();
}
