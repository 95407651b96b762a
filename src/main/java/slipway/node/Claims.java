package slipway.node;

/** Which pieces of one kind of work are taken: each by one node at a time. For many threads. */
public interface Claims {
  /** Those of a node that shares its database with no other. */
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
   * Takes a piece of work for this node, which may have it already.
   *
   * @return false when another node has it that is still there
   */
  boolean take(long number);

  /** Says that this node does not work on it any more. */
  void giveBack(long number);

  /** How many are taken, by whichever node. */
  int count();
}
