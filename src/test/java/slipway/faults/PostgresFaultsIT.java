package slipway.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.NeedsPostgres;
import slipway.harness.OwnPostgres;
import slipway.harness.OwnPostgres.End;
import slipway.harness.Relay;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** A server whose PostgreSQL fails in one way after the other, and is well again after each. */
@NeedsPostgres
@Tag("faults")
class PostgresFaultsIT {
  private static final int CONNECTIONS = 30;

  /** The time for an answer of the database, in seconds. */
  private static final int PATIENCE = 3;

  /** An answer of a server takes no longer than a few of its database. */
  private static final Duration MOST_WAIT = Duration.ofSeconds(6L * PATIENCE);

  /** A line of the log, except for its time and its request. */
  private static final Pattern FAILURE =
      Pattern.compile("(?m)^\\S+ ((?:WARN|ERROR) +\\S+) \\S+ (.*)$");

  private static OwnPostgres postgres;
  private static Relay relay;
  private static Server server;
  private static Doors doors;

  @BeforeAll
  static void start() {
    postgres = OwnPostgres.start(Map.of("max_connections", Integer.toString(CONNECTIONS)));
    relay = new Relay(postgres.port());
    server =
        Server.on(Container.JETTY_12)
            .setting(
                "slipway.database",
                postgres.url().replace(":" + postgres.port(), ":" + relay.port()))
            .setting("slipway.database.timeout-seconds", Integer.toString(PATIENCE))
            .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
            .setting("slipway.comments", "open")
            .start();
    doors = new Doors(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    relay.close();
    postgres.close();
  }

  private static ApiClient site() {
    return ApiClient.withKey(server);
  }

  /** Each door says that it is to be tried later, soon enough, and that is not told as an error. */
  private static void assertLaterAtEachDoor() {
    Await.until("its word", () -> site().get("/health/ready").status() == 503);
    Duration slowest = Duration.ZERO;
    List<String> wrong = new ArrayList<>();
    for (Doors.Door door : doors.all()) {
      long start = System.nanoTime();
      Answer answer = door.act().get();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      boolean isLater = answer.status() == 503 && answer.header("Retry-After").isPresent();
      if (!isLater || took.compareTo(MOST_WAIT) > 0) {
        wrong.add(door.name() + " took " + took + ": " + answer);
      }
    }
    System.out.println(doors.all().size() + " doors, the slowest took " + slowest);
    assertThat(wrong).isEmpty();
  }

  private static boolean isWell() {
    return site().get("/health/ready").status() == 200
        && site()
                .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
                .status()
            == 200;
  }

  private static String logged(int from) {
    return server.log().substring(from);
  }

  /** However many requests find the same. */
  private static void assertToldOnce(int from) {
    Map<String, Long> told =
        FAILURE
            .matcher(logged(from))
            .results()
            .collect(groupingBy(line -> line.group(1) + line.group(2), counting()));
    assertThat(told).allSatisfy((line, count) -> assertThat(count).isLessThan(5));
    assertThat(told).hasSizeLessThan(40);
  }

  @AfterEach
  void isWellAgainAndTellsNoSecret() {
    Await.until("all to be well", PostgresFaultsIT::isWell);
    assertThat(server.log()).doesNotContain(doors.secrets()).doesNotContain(server.key());
    String token = doors.secrets().get(0);
    Answer told = site().get("/api/upload-token/status", Map.of("upload_token", token));
    assertThat(told.status()).isEqualTo(200);
  }

  @Test
  void saysToTryLaterAtEachDoorWhileThereIsNone() {
    int logged = server.log().length();
    postgres.stop(End.AT_ONCE);
    try {
      assertLaterAtEachDoor();
    } finally {
      postgres.start();
    }
    assertToldOnce(logged);
  }

  @Test
  void saysToTryLaterAtEachDoorWhileItAnswersNothing() {
    int logged = server.log().length();
    relay.swallow();
    try {
      assertLaterAtEachDoor();
    } finally {
      relay.mend();
    }
    assertToldOnce(logged);
  }

  @Test
  void saysToTryLaterWhileOthersHaveAllConnections() throws Exception {
    List<Connection> others = new ArrayList<>();
    try {
      // The server's own end, and are taken by others before it can have them again.
      while (others.size() < CONNECTIONS) {
        try {
          others.add(DriverManager.getConnection(postgres.url()));
        } catch (SQLException e) {
          if (endServers(others)) {
            break;
          }
        }
      }
      assertLaterAtEachDoor();
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
  }

  /** Whether the server had none. */
  private static boolean endServers(List<Connection> others) throws SQLException {
    try (var statement = others.get(0).createStatement();
        var rows =
            statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where application_name like 'slipway%'")) {
      rows.next();
      return rows.getInt(1) == 0;
    }
  }

  @Test
  void goesOnThroughConflictsAndSaysToTryLaterWhereThereIsNothingElse() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tokens.add(new TusClient(server).token());
    }
    String token = tokens.get(0);
    conflicts("40001", 0.6);
    for (int i = 0; i < 5; i++) {
      assertThat(title(token, "Title " + i).status()).isEqualTo(200);
    }
    conflicts("40P01", 0.6);
    List<Answer> answers = AtOnce.run(8, i -> () -> title(tokens.get(i), "Title"));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    conflicts("40001", 1);
    Answer later = title(token, "Never");
    assertThat(later.status()).as(later.text()).isEqualTo(503);
    assertThat(later.header("Retry-After")).isPresent();
    postgres.execute("drop function conflict() cascade");
    assertThat(title(token, "Now").status()).isEqualTo(200);
  }

  private static Answer title(String token, String title) {
    return site()
        .post("/api/photo/update-upload-token", Map.of("upload_token", token, "title", title));
  }

  /** Has that share of all changes of tokens fail. */
  private static void conflicts(String code, double share) {
    postgres.execute(
        """
        create or replace function conflict() returns trigger language plpgsql as $$
        begin
          if random() < %s then
            raise exception 'made to happen' using errcode = '%s';
          end if;
          return new;
        end $$;
        create or replace trigger conflict before update on upload_token
          for each row execute function conflict()"""
            .formatted(share, code));
  }
}
