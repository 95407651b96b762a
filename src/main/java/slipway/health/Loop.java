package slipway.health;

/** Something that works on a thread of its own as long as the service runs. */
public interface Loop {
  /** Its name for those who run the service, such as {@code outgoing}. */
  String loopName();

  /** False once it is dead, or one turn has taken longer than a turn can take. */
  boolean isWell();
}
