package slipway.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class CallsThatWaitTest {
  @Parameter TestedDatabase on;

  private static final Duration GIVE_UP = Duration.ofDays(1);

  @Test
  void waitNoLongerAndAreGivenUpNoEarlierWhenTheClockWasMoved(@TempDir Path folder)
      throws Exception {
    SetClock clock = new SetClock();
    Retries retries = new Retries(Duration.ofMinutes(1), Duration.ofHours(2), GIVE_UP);
    try (Database database = on.open(folder.resolve("test.db"))) {
      CallTable calls = new CallTable(database, clock, retries);
      database.write(
          tx -> {
            calls.add(tx, OutgoingCall.backgroundReturn("http://a.test/"));
            return null;
          });
      for (Duration moved : List.of(Duration.ofDays(40), Duration.ofDays(-60))) {
        clock.pass(moved);
        CallShift shift = new CallShift(database);
        shift.begin(moved);
        while (shift.step()) {}
        Instant now = clock.instant();
        assertThat(planned(database))
            .isEqualTo(
                Map.of("next", now.toEpochMilli(), "until", now.plus(GIVE_UP).toEpochMilli()));
      }
    }
  }

  @Test
  void areMovedOnceInStepsThatGoOnAfterAStop(@TempDir Path folder) throws Exception {
    int count = 2 * CallShift.STEP + 10;
    Path file = folder.resolve("test.db");
    try (Database database = on.open(file)) {
      database.execute(
          """
          with recursive ns(n) as (select 1 union all select n + 1 from ns where n < ?)
          insert into outgoing_call
            (kind, url, host, state, next_attempt_at, give_up_at, created_at)
          select 'return', 'http://a.test/', 'a.test', 'pending', 10, 20, 0 from ns""",
          count);
      CallShift shift = new CallShift(database);
      shift.begin(Duration.ofMillis(100));
      assertThat(shift.step()).isTrue();
      assertThat(moved(database)).isEqualTo(CallShift.STEP);
    }
    try (Database database = on.open(file)) {
      CallShift shift = new CallShift(database);
      while (shift.step()) {}
      assertThat(moved(database)).isEqualTo(count);
    }
  }

  private static long moved(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select count(*) from outgoing_call"
                        + " where next_attempt_at = 110 and give_up_at = 120")
                .mapTo(Long.class)
                .one());
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
