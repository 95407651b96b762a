package slipway.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can happen to a photo. */
public enum EventType {
  UPLOADED,
  UPDATED,
  DELETED,
  REPLACED,
  INFECTED;

  /** The name to the outside, such as {@code photo.uploaded}. */
  public String id() {
    return "photo." + name().toLowerCase(Locale.ROOT);
  }

  /** The type of that name. */
  public static Optional<EventType> of(String id) {
    return Stream.of(values()).filter(type -> type.id().equals(id)).findFirst();
  }
}
