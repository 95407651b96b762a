package slipway;

/** Takes back what was changed in a container. */
@FunctionalInterface
interface Undo {
  /** Where nothing was done. */
  Undo NOTHING = () -> {};

  /** Takes it back. */
  void run() throws ReflectiveOperationException;
}
