package slipway.health;

/** A part that the service can do without for a while: those who run it are told when it fails. */
public interface HealthFact {
  /** Its name for those who run the service, such as {@code decoding}. */
  String factName();

  /** False as long as it fails. */
  boolean isGood();
}
