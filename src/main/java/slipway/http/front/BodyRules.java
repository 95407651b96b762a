package slipway.http.front;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import slipway.http.limit.BodySlots;

/**
 * How long threads may wait for bodies, and how many.
 *
 * @param pace of every body
 * @param unknown of the bodies of admitted uploads until their sender is known
 * @param patience of the body of a request that is not an admitted upload, in all
 * @param slots for the waits for such bodies
 * @param address whom limits are counted for
 * @param isKnown whether a request shows a valid key, without a look at its body
 */
public record BodyRules(
    Pace pace,
    Pace unknown,
    Duration patience,
    BodySlots slots,
    Function<HttpServletRequest, String> address,
    Predicate<HttpServletRequest> isKnown) {

  Optional<BodySlots.Slot> enter(HttpServletRequest request) {
    return isKnown.test(request) ? slots.enter() : slots.enter(address.apply(request));
  }
}
