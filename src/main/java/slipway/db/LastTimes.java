package slipway.db;

import java.time.Instant;
import java.util.Optional;

/**
 * When the service was seen to run last: recorded every minute, for the next start to compare its
 * clock with.
 *
 * @param wall the last time of the wall clock that was believed; null for none so far
 * @param steady that by which outgoing calls went; null for none so far
 */
public record LastTimes(Instant wall, Instant steady) {
  /** What is recorded in a database. */
  public static LastTimes read(Reading database) {
    return database.read(
        handle ->
            handle
                .createQuery("select wall, steady from last_time")
                .map(
                    RowReader.to(
                        row ->
                            new LastTimes(row.instantOrNull("wall"), row.instantOrNull("steady"))))
                .one());
  }

  /**
   * Writes the times down; durable on return.
   *
   * @param wall the wall clock's; empty while it is not believed: the earlier one stays
   * @param steady that by which outgoing calls go
   */
  public static void write(Database database, Optional<Instant> wall, Instant steady) {
    database.execute(
        "update last_time set wall = coalesce(?, wall), steady = ?",
        wall.map(Instant::toEpochMilli).orElse(null),
        steady.toEpochMilli());
  }
}
