package slipway.db;

import org.jdbi.v3.core.Handle;

/** What the writer's thread does for the database's files, between transactions. */
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

  /** Gives up the room in reserve, for a task that is to go through on a full disk. */
  void giveRoom();

  /** Gives back the room that the log has, before such a task and after it. */
  void emptyLog(Handle connection);

  /** Takes the room for the reserve again, however that work ended. */
  void takeRoomBack();
}
