package slipway.event;

import java.util.Optional;
import java.util.stream.Stream;
import slipway.db.StoredName;

/** How far a call about an event is, or the worst of an event's calls. */
public enum DeliveryState implements StoredName {
  /** It is yet to be made, or to be tried again. */
  PENDING,
  /** It was acknowledged; of an event: nobody is left to be told. */
  DELIVERED,
  /** It was given up. */
  FAILED;

  /** The state of that name. */
  public static Optional<DeliveryState> find(String id) {
    return Stream.of(values()).filter(state -> state.id().equals(id)).findFirst();
  }
}
