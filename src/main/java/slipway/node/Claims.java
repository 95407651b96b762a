package slipway.node;

/** Which pieces of one kind of work are taken: each by one node at a time. For many threads. */
public interface Claims {
  /** The claims of a node that shares its database with no other. */
  Claims ALONE =
      new Claims() {
        @Override
        public boolean take(long number) {
          return true;
        }

        @Override
        public void giveBack(long number) {
          // Nobody waits for it.
        }

        @Override
        public int count() {
          return 0;
        }
      };

  /**
   * Takes a piece of work for this node, even if it has it already.
   *
   * @return false when another node has it that is still there
   */
  boolean take(long number);

  /** Releases a piece of work that this node has finished. */
  void giveBack(long number);

  /** How many are taken, by any node. */
  int count();
}
