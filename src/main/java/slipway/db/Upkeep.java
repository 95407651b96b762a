package slipway.db;

import org.jdbi.v3.core.Handle;

/** Maintenance of the database's files by the writer's thread, between transactions. */
interface Upkeep {
  /** Nothing. */
  Upkeep NONE =
      new Upkeep() {
        @Override
        public void between(Handle connection) {}

        @Override
        public void giveRoom() {}

        @Override
        public void emptyLog(Handle connection) {}

        @Override
        public void takeRoomBack() {}
      };

  /** Done after every commit. */
  void between(Handle connection);

  /** Releases the reserved space, for a task that must succeed on a full disk. */
  void giveRoom();

  /** Frees the space of the log, before such a task and after it. */
  void emptyLog(Handle connection);

  /** Reserves the space again, however that work ended. */
  void takeRoomBack();
}
