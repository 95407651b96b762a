package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.SetClock;

class CallsThatWaitTest {
  private static final Duration GIVE_UP = Duration.ofDays(1);

  @Test
  void waitNoLongerAndAreGivenUpNoEarlierWhenTheClockWasMoved(@TempDir Path folder)
      throws Exception {
    SetClock clock = new SetClock();
    Retries retries = new Retries(Duration.ofMinutes(1), Duration.ofHours(2), GIVE_UP);
    try (Database database = Database.open(folder.resolve("test.db"))) {
      CallTable calls = new CallTable(database, clock, retries);
      database.write(
          tx -> {
            calls.add(tx, OutgoingCall.backgroundReturn("http://a.test/"));
            return null;
          });
      for (Duration moved : List.of(Duration.ofDays(40), Duration.ofDays(-60))) {
        clock.pass(moved);
        calls.shift(moved);
        Instant now = clock.instant();
        assertThat(planned(database))
            .isEqualTo(
                Map.of("next", now.toEpochMilli(), "until", now.plus(GIVE_UP).toEpochMilli()));
      }
    }
  }

  private static Map<String, Object> planned(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select next_attempt_at as next, give_up_at as until from outgoing_call")
                .mapToMap()
                .one());
  }
}
