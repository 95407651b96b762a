package slipway.db;

import java.time.Instant;
import java.util.Optional;

/**
 * When the service last ran: recorded every minute, so that the next start can compare its clock.
 *
 * @param wall the last time of the wall clock that was believed; null for none so far
 * @param steady the last time of the steady clock of outgoing calls; null for none so far
 */
public record LastTimes(Instant wall, Instant steady) {
  /** The times recorded in a database. */
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
   * Records the times; durable on return.
   *
   * @param wall the wall clock's; empty while it is not trusted, when the earlier one stays
   * @param steady that of the steady clock of outgoing calls
   */
  public static void write(Database database, Optional<Instant> wall, Instant steady) {
    database.execute(
        "update last_time set wall = coalesce(?, wall), steady = ?",
        wall.map(Instant::toEpochMilli).orElse(null),
        steady.toEpochMilli());
  }
}
