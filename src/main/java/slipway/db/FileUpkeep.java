package slipway.db;

import org.jdbi.v3.core.Handle;
import slipway.disk.Reserve;

/**
 * Keeps the log short, and keeps a reserve of disk space on which a few tasks can be written when
 * the disk is full. As the log is emptied after each, and the reserve taken back before anybody
 * else writes, there is room for the next one, too.
 */
final class FileUpkeep implements Upkeep {
  private final LogLimit log;
  private final FileGrowth growth;
  private final Reserve reserve;

  FileUpkeep(LogLimit log, FileGrowth growth, Reserve reserve) {
    this.log = log;
    this.growth = growth;
    this.reserve = reserve;
  }

  @Override
  public void between(Handle connection) {
    log.keep(connection);
    growth.keep(connection);
  }

  @Override
  public void giveRoom() {
    reserve.give();
  }

  @Override
  public void emptyLog(Handle connection) {
    log.empty(connection);
  }

  @Override
  public void takeRoomBack() {
    reserve.takeBack();
  }
}
